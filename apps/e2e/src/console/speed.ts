import { until } from '@ev/testing'
import type { Page } from 'playwright-core'
import { aConsole } from './a-console.ts'

const loads = 5
const openings = 9

// `npm run console:speed [-- FOLDER [NODE …]]`: how soon the console shows something, what it loads for that, and how soon the tree opens at these
// nodes. FOLDER is a DATA_DIR with a network of any size; without it there is the demo story.
const [folder, ...nodes] = process.argv.slice(2)
const consoleOf = await aConsole(folder === undefined ? {} : { folder })
try {
  const { url } = consoleOf
  const paints: number[] = []
  let bytes = 0
  for (let n = 0; n < loads; n += 1) {
    const page = await consoleOf.open()
    paints.push(await firstPaint(page))
    bytes = await bytesOf(page)
    await page.context().close()
  }
  console.log(`first contentful paint   ${spread(paints)}`)
  console.log(`loaded for it            ${Math.round(bytes / 1024)} KiB`)

  const page = await consoleOf.signIn('admin@example.com')
  const wanted = nodes.length === 0 ? ['2'] : nodes
  await page.getByRole('menuitem', { name: 'Network' }).click()
  const picture = page.getByRole('application')
  for (const node of wanted) {
    const before = await picture.getAttribute('aria-label')
    const startedAt = performance.now()
    await page.evaluate(
      `history.pushState({}, '', '/admin/network?node=${Number(node)}'); dispatchEvent(new PopStateEvent('popstate'))`,
    )
    const shown = await until(
      async () => {
        const label = (await picture.getAttribute('aria-label')) ?? ''
        return label !== before && label.includes('pairs') && label
      },
      { timeoutMs: 60_000 },
    )
    console.log(`opening node ${node.padEnd(8)}   ${Math.round(performance.now() - startedAt)} ms: ${shown}`)
  }
  for (const node of wanted) {
    const times: number[] = []
    for (let n = 0; n < openings; n += 1) {
      await page.goto('about:blank')
      const startedAt = performance.now()
      await page.goto(`${url}/admin/network?node=${node}`)
      await page.getByRole('application', { name: /pairs/ }).waitFor()
      times.push(performance.now() - startedAt)
    }
    console.log(`loading the console there ${node.padEnd(8)} ${spread(times)}`)
  }
} finally {
  await consoleOf.stop()
}

function firstPaint(page: Page): Promise<number> {
  // The browser says so a moment after the paint.
  return until(
    () => page.evaluate<number | undefined>("performance.getEntriesByName('first-contentful-paint')[0]?.startTime"),
    { timeoutMs: 5_000 },
  )
}

/** What came over the wire, headers included. */
function bytesOf(page: Page): Promise<number> {
  return page.evaluate(
    "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, { transferSize }) => sum + transferSize, 0)",
  )
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b).map(Math.round)
  return `median ${sorted[Math.floor(sorted.length / 2)]} ms (${sorted[0]} to ${sorted.at(-1)})`
}
