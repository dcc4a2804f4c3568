import { financialYear, type Instant, startOfIstDay } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import { formatInr } from '../format-inr.ts'
import type { Paise } from '../money.ts'

/** What is between a member and the company that has not ended. Amounts as the wallet has them; `recoverable` is what the member owes. */
export type OpenMatters = {
  readonly balance: Paise
  readonly held: Paise
  readonly emiReserve: Paise
  readonly recoverable: Paise
  /** Bookings that are pending or active. */
  readonly bookings: number
  /** Payouts that are requested or on their way. */
  readonly payouts: number
  /** Bonuses and pairs that are earned and wait for their day. */
  readonly credits: number
}

/**
 * Refuses with `user.matters_open` a member with whom anything about money is open, and names each: who a member is can be forgotten, what is owed cannot.
 */
export function requireNothingOpen(open: OpenMatters): void {
  const amounts = [
    ['a wallet balance of', open.balance],
    ['held for payouts', open.held],
    ['an EMI reserve of', open.emiReserve],
    ['to be recovered', open.recoverable],
  ] as const
  const counts = [
    ['open bookings', open.bookings],
    ['payouts under way', open.payouts],
    ['credits that wait for their day', open.credits],
  ] as const
  const named = [
    ...amounts.flatMap(([what, amount]) => (amount === 0n ? [] : [`${what} ${formatInr(amount)}`])),
    ...counts.flatMap(([what, count]) => (count === 0 ? [] : [`${what}: ${count}`])),
  ]
  if (named.length > 0) throw new DomainError('user.matters_open', { open: named.join(', ') })
}

const yearsKept = 8

/**
 * The first instant at which nothing wants to know any more who was paid: after the eighth financial year that follows the year of the last payout
 * (Companies Act 2013 s. 128(5); longer than the six years of the Income-tax Act 1961 s. 201(3) and of the CGST Act 2017 s. 36). Null without any payout.
 */
export function identityKeptUntil(lastPaidOutAt: Instant | null): Instant | null {
  if (lastPaidOutAt === null) return null
  const firstYear = Number(financialYear(lastPaidOutAt).slice(0, 4))
  return startOfIstDay(`${firstYear + yearsKept + 1}-04-01`)
}
