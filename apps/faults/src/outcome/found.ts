import type { Reader } from '@ev/db'
import type { Paise } from '@ev/domain'

/** What stands in the database, as far as clients can have been told of it. */
export type Found = {
  readonly users: readonly { id: number; email: string | null; referrerId: number | null }[]
  readonly placedUserIds: ReadonlySet<number>
  readonly bookings: readonly { id: number; userId: number; total: Paise; isConfirmed: boolean }[]
  readonly payments: readonly {
    id: number
    bookingId: number
    userId: number
    amount: Paise
    refunded: Paise
    method: string
  }[]
  readonly bonuses: readonly { paymentId: number; referrerId: number; amount: Paise; reversed: Paise }[]
  readonly payouts: readonly { id: number; userId: number; requested: Paise; status: string }[]
  readonly deposits: readonly { userId: number; amount: Paise }[]
  readonly pairs: readonly { id: number; userId: number; number: number; isActiveBuyer: boolean; isCredited: boolean }[]
  readonly wallets: readonly { userId: number; balance: Paise; recoverable: Paise }[]
  /** Every credit and debit of the statements, named by what it is for. */
  readonly statement: readonly { type: string; referenceType: string; referenceId: number; userId: number }[]
}

export async function readFound(read: Reader): Promise<Found> {
  const users = await read.user.findMany({ select: { id: true, email: true, referredById: true } })
  const placements = await read.placement.findMany({ select: { userId: true } })
  const bookings = await read.booking.findMany()
  const payments = await read.payment.findMany()
  const bonuses = await read.referralBonus.findMany()
  const payouts = await read.payout.findMany()
  const deposits = await read.walletAdjustment.findMany({ where: { kind: 'deposit' } })
  const pairs = await read.pair.findMany()
  const wallets = await read.wallet.findMany()
  const statement = await read.walletTransaction.findMany({
    select: { transactionType: true, referenceType: true, referenceId: true, userId: true },
  })
  return {
    users: users.map(({ id, email, referredById }) => ({ id, email, referrerId: referredById })),
    placedUserIds: new Set(placements.map(({ userId }) => userId)),
    bookings: bookings.map(({ id, userId, totalAmount, confirmedAt }) => ({
      id,
      userId,
      total: totalAmount,
      isConfirmed: confirmedAt !== null,
    })),
    payments: payments.map(({ id, bookingId, userId, amount, refundedAmount, paymentMethod }) => ({
      id,
      bookingId,
      userId,
      amount,
      refunded: refundedAmount,
      method: paymentMethod,
    })),
    bonuses: bonuses.map(({ paymentId, referrerId, amount, reversedAmount }) => ({
      paymentId,
      referrerId,
      amount,
      reversed: reversedAmount,
    })),
    payouts: payouts.map(({ id, userId, requestedAmount, status }) => ({
      id,
      userId,
      requested: requestedAmount,
      status,
    })),
    deposits: deposits.map(({ userId, amount }) => ({ userId, amount })),
    pairs: pairs.map(({ id, userId, pairNumber, isActiveBuyer, status }) => ({
      id,
      userId,
      number: pairNumber,
      isActiveBuyer,
      isCredited: status === 'processed',
    })),
    wallets: wallets.map(({ userId, balance, recoverable }) => ({ userId, balance, recoverable })),
    statement: statement.map(({ transactionType, ...row }) => ({ type: transactionType, ...row })),
  }
}
