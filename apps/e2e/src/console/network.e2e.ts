import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AConsole, aConsole } from './a-console.ts'
import { violationsOf } from './accessible.ts'
import { chromiumPath } from './chromium.ts'

const patience = { timeout: 15_000 }

describe.skipIf(chromiumPath === null)('the network', () => {
  let console: AConsole
  /** Where an admin has signed in. */
  let page: Page
  beforeAll(async () => {
    console = await aConsole()
    page = await console.signIn('admin@example.com')
  })
  afterAll(async () => {
    expect(console.trespasses).toEqual([])
    await console.stop()
  })

  test('an admin finds a member in the tree and has a pair explained, as the API explains it', async () => {
    await page.getByRole('menuitem', { name: 'Network' }).click()
    await page.getByLabel('Find a member').fill('asha')
    await page.getByRole('option', { name: /Asha/ }).first().click()
    const picture = page.getByRole('application')
    await expect.poll(() => picture.getAttribute('aria-label'), patience).toMatch(/Asha.*\d+ pairs/)
    expect(await violationsOf(page)).toEqual([])
    const answered = page.waitForResponse(/\/binary\/pairs\/\d+\/explain\//)
    await page.getByRole('button', { name: /^Pair 1 / }).click()
    const explained = await (await answered).json()
    const panel = page.getByRole('complementary', { name: 'Why the pair was made' })
    await panel.getByText(`Left: ${explained.left.user_name}`).waitFor()
    await panel.getByText(`Right: ${explained.right.user_name}`).waitFor()
    for (const line of explained.rule) await panel.getByText(line).waitFor()
    await panel.getByText(explained.journal_entry.key).waitFor()
    await panel.getByText(`${explained.pair_of_month} of at most ${explained.monthly_limit}`).waitFor()
    expect(await panel.getByRole('row').count()).toBe(explained.journal_entry.lines.length)
    expect(await violationsOf(page)).toEqual([])
    await page.reload()
    await panel.getByText(explained.journal_entry.key).waitFor()
  })

  test('the tree is walked by keys alone, down to a member and up to the root', async () => {
    await page.getByRole('menuitem', { name: 'Network' }).click()
    const picture = page.getByRole('application')
    const name = async () => (await picture.getAttribute('aria-label')) ?? ''
    await picture.focus()
    const root = await name()
    await page.keyboard.press('ArrowDown')
    await expect.poll(name, patience).not.toBe(root)
    const below = await name()
    await page.keyboard.press('Shift+Enter')
    await page.getByRole('navigation', { name: 'Those above' }).getByRole('button').first().waitFor()
    expect(await name()).toBe(below)
    await picture.focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(name, patience).toBe(root)
  })

  test('the same network is there as a list', async () => {
    const answered = page.waitForResponse(/\/binary\/team\//)
    await page.goto(`${console.url}/admin/network?view=list`)
    const { results } = await (await answered).json()
    for (const { referral_code } of results.slice(0, 5)) {
      await page.getByRole('cell', { name: referral_code, exact: true }).waitFor()
    }
    expect(await violationsOf(page)).toEqual([])
  })
})
