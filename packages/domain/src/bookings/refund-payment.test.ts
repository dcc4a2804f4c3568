import { describe, expect, test } from 'vitest'
import { journalLines } from '../ledger.ts'
import { rupees } from '../money.ts'
import { aBooking, aWallet, noon } from '../testing/builders.ts'
import { walletAfter } from '../wallet/wallet.ts'
import { type Payment, refundAmount, refundPayment, returnPayment } from './refund-payment.ts'

const active = aBooking({ status: 'active', confirmedAt: noon, totalPaid: rupees(6_000) })
const payment: Payment = {
  id: 42,
  userId: 7,
  amount: rupees(5_000),
  refunded: 0n,
  method: 'online',
  status: 'completed',
}
const refused = (code: string, facts = {}) => expect.objectContaining({ code, facts })

test('a part is given back to the wallet, and the booking keeps its state and its confirmation', () => {
  const made = refundPayment(active, payment, { id: 9, amount: rupees(2_000) }, aWallet())
  expect(made.booking).toEqual({ ...active, totalPaid: rupees(4_000) })
  expect(made.payment).toEqual({ ...payment, refunded: rupees(2_000) })
  expect(made.journal).toMatchObject({ key: 'refund:9', reference: { type: 'refund', id: 9 } })
  expect(walletAfter(aWallet(), made.journal)).toEqual(aWallet({ balance: rupees(2_000) }))
  expect(journalLines(made.journal)).toContainEqual({
    account: { kind: 'booking_receipts', bookingId: 1 },
    amount: rupees(-2_000),
  })
})

test('the whole makes the payment a refunded one; a completed booking stays completed', () => {
  const completed = aBooking({ status: 'completed', totalPaid: rupees(89_999), completedAt: noon })
  const made = refundPayment(completed, payment, { id: 9, amount: rupees(5_000) }, aWallet())
  expect(made.payment).toMatchObject({ refunded: rupees(5_000), status: 'refunded' })
  expect(made.booking).toMatchObject({ status: 'completed', completedAt: noon, totalPaid: rupees(84_999) })
})

test('an EMI deduction goes back to the EMI reserve', () => {
  const deduction = { ...payment, method: 'emi_deduction' } as const
  const { journal } = refundPayment(active, deduction, { id: 9, amount: rupees(100) }, aWallet())
  expect(walletAfter(aWallet(), journal)).toEqual(aWallet({ emiReserve: rupees(100) }))
})

describe('the amount of a refund', () => {
  test('is all that is left unless one is named', () => {
    expect(refundAmount(active, { ...payment, refunded: rupees(1_500) }, null)).toBe(rupees(3_500))
    expect(refundAmount(active, payment, rupees(1))).toBe(rupees(1))
  })

  test('is never more than what is left, and never nothing', () => {
    const partly = { ...payment, refunded: rupees(4_999) }
    expect(() => refundAmount(active, partly, rupees(2))).toThrow(
      refused('payment.refund_exceeds', { refundable: '1.00' }),
    )
    expect(() => refundAmount(active, payment, 0n)).toThrow(refused('payment.not_positive'))
  })

  test.each(['pending', 'failed', 'refunded'] as const)('of a payment that is %s is nothing', (status) => {
    expect(() => refundAmount(active, { ...payment, status }, null)).toThrow(
      refused('payment.refund_exceeds', { refundable: '0.00' }),
    )
  })

  test.each(['expired', 'cancelled'] as const)('of a booking that is %s is nothing: it was given back', (status) => {
    expect(() => refundAmount({ status }, payment, null)).toThrow(
      refused('payment.refund_exceeds', { refundable: '0.00' }),
    )
  })
})

test('money that a booking cannot take passes through its receipts into the wallet', () => {
  const expired = aBooking({ status: 'expired' })
  const [received, returned] = returnPayment(expired, payment, { id: 9, amount: payment.amount }, aWallet())
  expect([received.key, returned.key]).toEqual(['payment:42', 'refund:9'])
  const receipts = [...journalLines(received), ...journalLines(returned)].filter(
    ({ account }) => account.kind === 'booking_receipts',
  )
  expect(receipts.map(({ amount }) => amount)).toEqual([rupees(5_000), rupees(-5_000)])
  expect(walletAfter(aWallet(), returned)).toEqual(aWallet({ balance: rupees(5_000) }))
})

test('a refund into the wallet of someone else is a fault', () => {
  expect(() => refundPayment(active, payment, { id: 9, amount: 1n }, aWallet({ userId: 8 }))).toThrow('not of member 8')
})
