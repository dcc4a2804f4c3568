import { formatInr, parseRupees } from '@ev/domain'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AConsole, aConsole } from './a-console.ts'
import { violationsOf } from './accessible.ts'
import { chromiumPath } from './chromium.ts'

type Cells = Readonly<Record<string, string | number>>
type Report = Cells & { readonly results: readonly Cells[] }

const patience = { timeout: 15_000 }
const inr = (amount: unknown) => formatInr(parseRupees(String(amount), { allowNegative: true }))

describe.skipIf(chromiumPath === null)('the dashboard', () => {
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

  /** What the API answers to the page when it is loaded anew. */
  async function answersOf<const Path extends string>(paths: readonly Path[]) {
    // What the page before asked for would be taken for an answer to this one.
    await page.goto('about:blank')
    const bodies: Record<string, Report> = {}
    const answers = paths.map((path) =>
      page.waitForResponse(async (response) => {
        if (!response.url().includes(`/api/v1${path}`)) return false
        // A request that the page gave up has no answer to read; the one after it has.
        const body = await response.json().catch(() => null)
        if (body !== null) bodies[path] = body
        return body !== null
      }),
    )
    await page.goto(`${console.url}/admin/`)
    await Promise.all(answers)
    return bodies as Record<Path, Report>
  }

  /** The cells of a report's table, row by row. */
  async function tableOf(title: string): Promise<string[][]> {
    await page.getByRole('button', { name: `${title}: show as a table` }).click()
    const rows = page.getByRole('table', { name: title }).locator('tbody tr')
    await rows.first().waitFor()
    return rows.evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))
  }

  test('an admin sees the figures of the API, in tiles, charts and tables', async () => {
    const answers = await answersOf([
      '/reports/dashboard/',
      '/reports/sales/',
      '/reports/bookings/',
      '/reports/commissions/',
      '/reports/growth/',
      '/reports/liabilities/',
      '/reports/tds/',
    ])
    const figures = answers['/reports/dashboard/']
    const tile = (label: string) => page.getByRole('listitem').filter({ hasText: label }).locator('p').nth(1)
    await expect.poll(() => tile('Received from bookings').textContent(), patience).toBe(inr(figures['total_revenue']))
    expect(await tile('In wallets').textContent()).toBe(inr(figures['total_wallet_balance']))
    expect(await tile('Pairs this month').textContent()).toBe(String(figures['pairs_this_month']))
    expect(await tile('Identity checks that wait').textContent()).toBe(String(figures['pending_kyc']))
    await page.locator('.recharts-surface').first().waitFor()
    expect(await violationsOf(page)).toEqual([])

    const sales = await tableOf('Sales')
    expect(sales.map((row) => row.at(-1))).toEqual(
      answers['/reports/sales/'].results.map((row) => inr(row['net_amount'])),
    )
    const bookings = await tableOf('Bookings')
    expect(bookings.map((row) => row[1])).toEqual(
      answers['/reports/bookings/'].results.map((row) => String(row['bookings'])),
    )
    const commissions = await tableOf('Pairs and commissions')
    expect(commissions.map((row) => [row[1], row[4]])).toEqual(
      answers['/reports/commissions/'].results.map((row) => [String(row['pairs']), inr(row['commission_amount'])]),
    )
    const growth = await tableOf('Growth of the network')
    expect(growth.map((row) => row[1])).toEqual(answers['/reports/growth/'].results.map((row) => String(row['joined'])))
    const owed = answers['/reports/liabilities/']
    const liabilities = await tableOf('Wallet liabilities')
    expect(liabilities.map((row) => row[1])).toEqual(
      ['balance', 'held', 'emi_reserve', 'recoverable'].map((name) => inr(owed[name])),
    )
    // The demo story pays nothing out.
    expect(answers['/reports/tds/'].results).toEqual([])
    await page.getByText('No payout has been made yet.').waitFor()
    expect(await violationsOf(page)).toEqual([])
  })

  test('a figure leads to the rows behind it', async () => {
    await page.goto(`${console.url}/admin/`)
    await page.getByRole('link', { name: /Identity checks that wait/ }).click()
    await page.getByRole('heading', { name: 'Identity checks' }).first().waitFor()
    expect(new URL(page.url()).searchParams.get('filter')).toBe('{"status":"pending"}')
  })

  test('a report is saved as a file', async () => {
    await page.goto(`${console.url}/admin/`)
    await page.getByRole('heading', { name: 'Growth of the network' }).waitFor()
    const downloaded = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Growth of the network: save as CSV' }).click()
    expect((await downloaded).suggestedFilename()).toMatch(/^growth-by-month-\d{4}-\d\d-\d\d\.csv$/)
  })

  test('staff see what waits and how bookings and the network go, and no money of the platform', async () => {
    await console.stack.db.transaction((tx) =>
      tx.user.update({ where: { email: 'bela@example.com' }, data: { role: 'staff' } }),
    )
    const staffs = await console.signIn('bela@example.com')
    await staffs.getByRole('list', { name: 'What waits' }).waitFor()
    await staffs.getByRole('heading', { name: 'Growth of the network' }).waitFor()
    expect(await staffs.getByText('In wallets').count()).toBe(0)
    expect(await staffs.getByRole('heading', { name: 'Sales' }).count()).toBe(0)
    expect(await violationsOf(staffs)).toEqual([])
  })
})
