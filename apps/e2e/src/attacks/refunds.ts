import { until } from '@ev/testing'
import { expect, test } from 'vitest'
import { type AttackedPlatform, outcomes } from './attacked-platform.ts'
import { online } from './payments.ts'

export function attackByRefunds(platform: () => AttackedPlatform): void {
  /** A payment of ₹5,000 that has earned its bonus. */
  async function aPaidBooking() {
    const { aMember, aVehicle, book, pay, wallet } = platform()
    const referrer = await aMember()
    const member = await aMember(referrer)
    const booking = Number((await book(member, await aVehicle({ price: 100_000 }))).body['id'])
    const payment = Number((await pay(member, booking, online(5_000))).body['id'])
    await until(async () => (await wallet(referrer))['balance'] === '250.00', { timeoutMs: 20_000 })
    return { referrer, member, booking, payment }
  }

  const refund = (payment: number, amount: unknown, n = 0) =>
    platform().send('POST', `/booking/payments/${payment}/refund/`, {
      by: platform().admins[n % 2]!,
      body: { reason: 'Goodwill', ...(amount !== null && { amount }) },
    })
  const refundsOf = async (paymentId: number) =>
    (await platform().stack.db.read.refund.findMany({ where: { paymentId } })).map(({ amount }) => amount)

  test('35: a payment that two admins refund a hundred times goes back once, and its bonus with it', async () => {
    const { atOnce, booking, stack, wallet } = platform()
    const paid = await aPaidBooking()
    const answers = await atOnce((n) => refund(paid.payment, null, n))
    expect(outcomes(answers)).toEqual({ 200: 1, '409 payment.refund_exceeds': 99 })
    expect(await refundsOf(paid.payment)).toEqual([500_000n])
    expect(await wallet(paid.member)).toMatchObject({ balance: '5000.00', total_earned: '0.00' })
    expect(await wallet(paid.referrer)).toMatchObject({ balance: '0.00', recoverable: '0.00', total_earned: '0.00' })
    expect(await booking(paid.member, paid.booking)).toMatchObject({ total_paid: '0.00' })
    const key = { startsWith: `referral-reversal:payment:${paid.payment}` }
    expect(await stack.db.read.journalEntry.count({ where: { key } })).toBe(1)
  })

  test('35: a hundred parts never give back more than was paid', async () => {
    const { atOnce, wallet } = platform()
    const paid = await aPaidBooking()
    expect(outcomes([await refund(paid.payment, '5000.01')])).toEqual({ '409 payment.refund_exceeds': 1 })
    const answers = await atOnce((n) => refund(paid.payment, 700, n))
    expect(outcomes(answers)).toEqual({ 200: 7, '409 payment.refund_exceeds': 93 })
    expect(await refundsOf(paid.payment)).toEqual(Array(7).fill(70_000n))
    expect(await wallet(paid.member)).toMatchObject({ balance: '4900.00' })
    // What is left of the payment is ₹100, and 5 % of it stays.
    expect(await wallet(paid.referrer)).toMatchObject({ balance: '5.00', total_earned: '5.00' })
  })
}
