import type { Paise } from '@ev/domain'

export type BookingReceipt = { readonly id: number; readonly userId: number; readonly total: Paise }
export type PaymentReceipt = {
  readonly id: number
  readonly bookingId: number
  readonly userId: number
  readonly amount: Paise
  readonly method: 'online' | 'wallet'
}

/** What the platform has told its clients: their own books of what was acknowledged, kept apart from its database. */
export type Receipts = {
  /** Every address that was ever given to the platform, whether or not an answer came. */
  readonly addresses: Set<string>
  readonly members: Map<number, { readonly id: number; readonly email: string; readonly referrerId: number | null }>
  readonly bookings: Map<number, BookingReceipt>
  readonly payments: Map<number, PaymentReceipt>
  readonly refunds: { readonly paymentId: number; readonly amount: Paise }[]
  readonly payouts: Map<number, { readonly id: number; readonly userId: number; readonly requested: Paise }>
  readonly approvedPayouts: Set<number>
  readonly deposits: { readonly userId: number; readonly amount: Paise }[]
  /** Requests that were never answered, so that nobody knows what became of them. */
  readonly undecided: string[]
  /** Two different requests that were answered with one and the same thing. */
  readonly contradictions: string[]
}

export function emptyReceipts(): Receipts {
  return {
    addresses: new Set(),
    members: new Map(),
    bookings: new Map(),
    payments: new Map(),
    refunds: [],
    payouts: new Map(),
    approvedPayouts: new Set(),
    deposits: [],
    undecided: [],
    contradictions: [],
  }
}

/** How many operations were acknowledged. */
export function countReceipts(receipts: Receipts): number {
  const { members, bookings, payments, refunds, payouts, approvedPayouts, deposits } = receipts
  return (
    members.size +
    bookings.size +
    payments.size +
    refunds.length +
    payouts.size +
    approvedPayouts.size +
    deposits.length
  )
}

/** Files a receipt under its id; a second request that was given the same id contradicts the first. */
export function file<T extends { readonly id: number }>(
  receipts: Receipts,
  { into, what }: { into: Map<number, T>; what: string },
  receipt: T,
): void {
  if (into.has(receipt.id)) receipts.contradictions.push(`${what} ${receipt.id} answered two requests`)
  into.set(receipt.id, receipt)
}
