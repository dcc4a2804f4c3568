import { randomUUID } from 'node:crypto'
import { deliveryStore } from '@ev/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { request } from '../members.ts'
import { type AConsole, aConsole } from './a-console.ts'
import { violationsOf } from './accessible.ts'
import { chromiumPath } from './chromium.ts'

const hourMs = 3_600_000

describe.skipIf(chromiumPath === null)('the platform in the console', () => {
  let console: AConsole
  beforeAll(async () => {
    console = await aConsole()
  })
  afterAll(() => console.stop())

  test('a superuser makes a new version of the plan, after seeing what it would give', async () => {
    const page = await console.signIn('admin@example.com')
    await page.getByRole('menuitem', { name: 'Plan', exact: true }).click()
    await page.getByRole('link', { name: 'Create' }).click()
    const preview = page.getByRole('table', { name: 'What the change would give' })
    await preview.getByRole('row', { name: /Referral bonus ₹250\.00 ₹250\.00/ }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByLabel('Referral bonus').fill('six')
    await page.getByText('A percentage with at most two decimals.').waitFor()
    await page.getByLabel('Referral bonus').fill('6')
    await page.getByLabel('Earning of a pair').fill('600')
    await preview.getByRole('row', { name: /Referral bonus ₹250\.00 ₹300\.00/ }).waitFor()
    await preview.getByRole('row', { name: /Pair: Earning ₹500\.00 ₹600\.00/ }).waitFor()
    const rates = page.getByRole('group', { name: 'Rate', exact: true })
    await rates.getByRole('button', { name: 'Another value from a day on' }).click()
    expect(await page.getByRole('button', { name: 'Make version 2' }).isDisabled()).toBe(true)
    await rates.getByLabel('Value').last().fill('2.5')
    await rates.getByText('Each row has a day, later than the one before.').waitFor()
    await rates.getByLabel('From').last().fill('2027-04-01')
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Make version 2' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('Diwali')
    await dialog.getByRole('button', { name: 'Make the version' }).click()
    await page.getByRole('heading', { name: 'Plan, version 2', level: 2 }).waitFor()
    await page.getByText('Current').waitFor()

    const token = await console.tokenOf(page)
    const plan = await request(`${console.url}/api/v1/admin/plans/current/`, { token })
    expect(plan).toMatchObject({ version: 2, settings: { referral_bonus_bps: 600, pair_earning: '600.00' } })
    expect(plan).toMatchObject({
      settings: {
        section_194h: {
          rate_bps: [expect.anything(), expect.anything(), { from: '2027-04-01', value: 250 }],
          threshold: [{ from: '2016-06-01', value: '15000.00' }, expect.anything()],
        },
      },
    })
    expect(console.trespasses).toEqual([])
  })

  test('a parked message is seen with its reason, given back, and gone once it is handled', async () => {
    await park(console, 'pair.matched', { pairId: 1 }, 'The bank of pairs was closed.')
    const page = await console.signIn('admin@example.com')
    await page.getByRole('menuitem', { name: 'Parked messages' }).click()
    await page.getByText('The bank of pairs was closed.').waitFor()
    await page.getByText('pair 1', { exact: true }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Retry', exact: true }).click()
    await page.getByText('Nothing is parked.').waitFor()
    await page.getByRole('menuitem', { name: 'Outbox' }).click()
    await page.getByRole('cell', { name: 'member.registered' }).first().waitFor()
    expect(await violationsOf(page)).toEqual([])
    expect(console.trespasses).toEqual([])
  })

  test('the chain of the audit log is followed to its end', async () => {
    const page = await console.signIn('admin@example.com')
    await page.getByRole('menuitem', { name: 'Audit log' }).click()
    await page.getByRole('cell', { name: 'Intact' }).first().waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Check the hashes' }).click()
    await page.getByText(/All \d+ lines hold/).waitFor()
  })

  test('staff are not offered what is for admins, and refused when they try', async () => {
    const page = await console.signIn('staff@example.com')
    for (const name of ['Plan', 'Settings', 'Audit log', 'Parked messages', 'Outbox', 'Tax withheld']) {
      expect(await page.getByRole('menuitem', { name, exact: true }).count()).toBe(0)
    }
    await page.getByRole('menuitem', { name: 'Members' }).click()
    await page.getByRole('cell', { name: 'asha@example.com' }).click()
    await page.getByRole('tab', { name: 'Papers' }).waitFor()
    expect(await page.getByRole('tab', { name: 'Wallet' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Close the account' }).count()).toBe(0)
    // The address of a screen that is not offered leads nowhere, and the API refuses the same person.
    await page.goto(`${console.url}/admin/plans`)
    await page.getByText('Not Found').waitFor()
    const token = await console.tokenOf(page)
    await request(`${console.url}/api/v1/admin/plans/`, { token, expected: [403] })
    expect(console.trespasses).toEqual([])
  })
})

/** Puts a message aside as a worker does after its last attempt. It is dated so that no worker takes it before. */
async function park({ stack }: AConsole, name: string, payload: object, reason: string): Promise<void> {
  const store = deliveryStore(stack.db)
  const messageId = randomUUID()
  const later = new Date(Date.now() + hourMs)
  const occurredAt = new Date().toISOString()
  const envelope = { id: messageId, name, payload, occurredAt, requestId: null, traceparent: null }
  await store.insert([{ messageId, handler: 'pairs.credit', envelope, availableAt: later }])
  const claimed = await store.claim('pairs.credit', 1, { leaseMs: 1_000, now: later, exclusive: false })
  for (const { id } of claimed) await store.park(id, reason)
}
