import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Joined, join } from '../members.ts'
import { type AConsole, aConsole } from './a-console.ts'
import { violationsOf } from './accessible.ts'
import { chromiumPath } from './chromium.ts'
import { aDesk, type Desk, inr, plus } from './desk.ts'

describe.skipIf(chromiumPath === null)('money in the console', () => {
  let console: AConsole
  let desk: Desk
  let asha: Joined
  let ravi: Joined
  let bela: Joined
  beforeAll(async () => {
    console = await aConsole()
    desk = await aDesk(console)
    const demo = (name: string) => join(console.url, { email: `${name}@example.com`, referralCode: null })
    asha = await demo('asha')
    ravi = await demo('ravi')
    bela = await demo('bela')
  })

  /** Under the load of a whole suite a page may take its time. */
  async function signIn(email: string) {
    const page = await console.signIn(email)
    page.setDefaultTimeout(45_000)
    return page
  }

  afterAll(async () => {
    expect(console.trespasses).toEqual([])
    expect(await console.stack.verify()).toMatchObject({ isClean: true })
    await console.stop()
  })

  test('staff record cash: a double click, a lost answer and a reload leave one payment', async () => {
    const booking = await desk.bookingOf(ravi)
    const page = await signIn('staff@example.com')
    await page.getByRole('menuitem', { name: 'Bookings' }).click()
    await page.getByPlaceholder('Number, e-mail, mobile or vehicle').fill('ravi@example.com')
    await page.getByRole('cell', { name: String(booking['booking_number']) }).click()
    await page.getByRole('list', { name: 'What happened to the booking' }).getByText('Booked').waitFor()
    expect(await violationsOf(page)).toEqual([])

    // The server does what it is asked, and its answer is lost on the way.
    await page.route('**/make_payment/', async (route) => {
      await route.fetch()
      await route.abort()
    })
    const record = page.getByRole('button', { name: 'Record a payment' })
    const dialog = page.getByRole('dialog')
    const confirm = dialog.getByRole('button', { name: 'Record the payment' })
    await record.click()
    await dialog.getByLabel('Amount').fill('1,500')
    expect(await violationsOf(page)).toEqual([])
    await confirm.dblclick()
    await dialog.getByText('The server cannot be reached').waitFor()
    await page.unroute('**/make_payment/')
    await page.reload()
    await record.click()
    await dialog.getByText('its answer never arrived').waitFor()
    await confirm.dblclick()
    await page.getByText('The payment is recorded.').waitFor()

    const cash = (await desk.payments(Number(booking['id']))).filter((one) => one['payment_method'] === 'cash')
    expect(cash).toMatchObject([{ amount: '1500.00', status: 'completed' }])
    expect(await desk.bookingOf(ravi)).toMatchObject({ total_paid: '21500.00' })
    await page.getByTestId('Paid').getByText('₹21,500.00').waitFor()
  })

  test('staff say of a reported payment that it has arrived, and may give nothing back', async () => {
    const booking = await desk.bookingOf(bela)
    const reported = await desk.reportCash(bela, Number(booking['id']), '700')
    const page = await signIn('staff@example.com')
    await page.getByRole('menuitem', { name: 'Payments' }).click()
    await page.getByRole('row', { name: /700/ }).getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'It has arrived' }).click()
    await page.getByText('The payment counts.').waitFor()
    await page.goto(`${console.url}/admin/bookings/${booking['id']}/show`)
    await page.getByRole('table', { name: 'Payments' }).getByText('Cash').waitFor()
    expect(await page.getByRole('button', { name: 'Give back' }).count()).toBe(0)
    const after = await desk.payments(Number(booking['id']))
    expect(after.find(({ id }) => id === reported)).toMatchObject({ status: 'completed', amount: '700.00' })
  })

  test('an admin sees what a refund brings about, and that is what it does', async () => {
    const booking = await desk.bookingOf(ravi)
    const [online] = (await desk.payments(Number(booking['id']))).filter((one) => one['payment_method'] === 'online')
    // The worker has credited the bonus of that payment.
    await desk.until(async () => (await desk.wallet(asha.id))['total_earned'] !== '0.00')
    const before = { asha: await desk.wallet(asha.id), ravi: await desk.wallet(ravi.id) }
    const page = await signIn('admin@example.com')
    await page.goto(`${console.url}/admin/bookings/${booking['id']}/show`)
    const row = page.getByRole('row', { name: /Online/ })
    await row.getByRole('button', { name: 'Give back' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Amount').fill('19000')
    const follows = dialog.getByRole('region', { name: 'What follows' })
    await follows.getByText('-₹950.00').waitFor()
    await follows.getByText('active, ₹2,500.00 paid').waitFor()
    await follows.getByText('no longer an Active Buyer').waitFor()
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByLabel('Reason').fill('Took another model')
    await dialog.getByRole('button', { name: 'Give it back' }).dblclick()
    await page.getByText('The money is given back.').waitFor()

    expect(await desk.wallet(ravi.id)).toMatchObject({ balance: plus(before.ravi['balance'], '19000.00') })
    expect(await desk.wallet(asha.id)).toMatchObject({ total_earned: plus(before.asha['total_earned'], '-950.00') })
    expect(await desk.payment(Number(online!['id']))).toMatchObject({ refunded_amount: '19000.00' })
    await page.getByRole('list', { name: 'What happened to the booking' }).getByText('Took another model').waitFor()
  })

  test('an admin processes a payout until the bank has paid, and follows it to its journal entry', async () => {
    await desk.deposit(asha.id, '5000')
    const id = await desk.askForPayout(asha, '2000')
    const page = await signIn('admin@example.com')
    await page.getByRole('menuitem', { name: 'Payouts' }).click()
    await page
      .getByRole('row', { name: /2,000\.00/ })
      .getByRole('cell', { name: String(id), exact: true })
      .click()
    const asked = await desk.payout(id)
    await page.getByTestId('transfer').getByText(inr(asked['transfer_amount'])).waitFor()
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Process' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Process the payout' }).dblclick()
    await page.getByText('on its way to the bank').waitFor()
    // The page looks again by itself until the bank has answered.
    await page.getByRole('list', { name: 'What happened to the payout' }).getByText('Paid').waitFor({ timeout: 60_000 })
    await page.getByText(`payout:${id}:debit`).waitFor()
    expect(await desk.payout(id)).toMatchObject({ status: 'completed', bank_reference: `SANDBOX-PAYOUT-${id}` })
    expect(await desk.wallet(asha.id)).toMatchObject({ held: '0.00', total_withdrawn: '2000.00' })
  })

  test('an admin makes a batch of chosen payouts, hands out its file, takes the results, and sees what each line did', async () => {
    const heldBefore = (await desk.wallet(ravi.id))['held']
    const ids: number[] = []
    for (const member of [asha, ravi, bela]) {
      await desk.deposit(member.id, '3000')
      ids.push(await desk.askForPayout(member, '1000'))
    }
    const [paid, refused, left] = ids as [number, number, number]
    const page = await signIn('admin@example.com')
    await page.reload()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.getByRole('menuitem', { name: 'Payouts', exact: true }).click()
    // The names of a page are one question.
    for (const name of ['Asha Rao', 'Ravi Kumar', 'Bela Shah']) await page.getByRole('cell', { name }).first().waitFor()
    expect(asked.filter((url) => /\/users\/(\d+\/|\?ids=)/.test(url))).toEqual([
      expect.stringContaining('/users/?ids='),
    ])
    for (const id of [paid, refused]) {
      await page
        .getByRole('row')
        .filter({ has: page.getByRole('cell', { name: String(id), exact: true }) })
        .getByRole('checkbox')
        .check()
    }
    await page.getByRole('button', { name: 'Make a batch of these' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Approve 2 payouts into a batch?').waitFor()
    await dialog.getByRole('button', { name: 'Make the batch' }).dblclick()
    await page.getByRole('table', { name: 'Payouts of the batch' }).waitFor()
    expect(await violationsOf(page)).toEqual([])
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Bank file' }).click()
    expect((await download).suggestedFilename()).toMatch(/^payout-batch-\d+\.csv$/)

    await page.getByRole('button', { name: 'Take the results' }).click()
    const results = [
      'reference,status,bank_reference,reason',
      `payout-${paid},processed,N329261234567,`,
      `payout-${refused},failed,,The account is closed`,
      `payout-${left},processed,N329261234568,`,
    ].join('\n')
    await dialog
      .getByLabel('Result file')
      .setInputFiles({ name: 'results.csv', mimeType: 'text/csv', buffer: Buffer.from(results) })
    await dialog.getByText('1 payouts', { exact: false }).first().waitFor()
    await dialog.getByRole('button', { name: 'Take the results' }).dblclick()
    const lines = page.getByRole('table', { name: 'Lines of the result file' })
    await lines.getByRole('row', { name: new RegExp(`payout-${paid} Settled`) }).waitFor()
    await lines.getByRole('row', { name: new RegExp(`payout-${refused} Settled`) }).waitFor()
    await lines.getByRole('row', { name: new RegExp(`payout-${left} Refused`) }).waitFor()
    expect(await violationsOf(page)).toEqual([])

    expect(await desk.payout(paid)).toMatchObject({ status: 'completed', bank_reference: 'N329261234567' })
    expect(await desk.payout(refused)).toMatchObject({ status: 'failed', failure_reason: 'The account is closed' })
    expect(await desk.payout(left)).toMatchObject({ status: 'pending', batch: null })
    expect(await desk.wallet(ravi.id)).toMatchObject({ held: heldBefore, total_withdrawn: '0.00' })
    expect(await desk.wallet(bela.id)).toMatchObject({ held: '1000.00', total_withdrawn: '0.00' })
  })

  test('an admin corrects a wallet, and the statement explains it', async () => {
    const before = await desk.wallet(bela.id)
    const page = await signIn('admin@example.com')
    await page.goto(`${console.url}/admin/members/${bela.id}/show?tab=wallet`)
    await page.getByRole('button', { name: 'Correct the wallet' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Take out' }).click()
    await dialog.getByLabel('Amount').fill('120.50')
    await dialog.getByLabel('Reason').fill('Deposited twice')
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Take it out' }).dblclick()
    await page.getByText('The wallet is corrected.').waitFor()
    expect(await desk.wallet(bela.id)).toMatchObject({ balance: plus(before['balance'], '-120.50') })
    await page.getByRole('cell', { name: /-₹120\.50/ }).waitFor()
  })
})
