import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Violation = {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** React-admin hides its button that opens all rows from screen readers, on purpose: each row has a button of its own. Its column then has no name. */
const looked = { exclude: [['.RaDataTable-expandHeader']] }

/** Waits for what ends; a spinner does not. */
const endOfTransitions = `Promise.allSettled(
  document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished),
)`

/** What axe finds wrong with the page as it stands (WCAG 2.2 A and AA, and axe's best practices), one line for each element. */
export async function violationsOf(page: Page): Promise<string[]> {
  // A colour on its way to another one is nobody's choice.
  await page.evaluate(endOfTransitions)
  // Evaluated by the debugger, so the page's Content-Security-Policy stays as it is.
  await page.evaluate(axe.source)
  const violations = (await page.evaluate(
    `axe.run(${JSON.stringify(looked)}).then(({ violations }) => violations)`,
  )) as Violation[]
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary.split('\n')[1]?.trim()}`),
  )
}
