import { bookings, network, payouts, wallets } from '@ev/db'
import type { Paise } from '@ev/domain'
import type { Deps } from '../deps.ts'

/** A member's figures at a glance; amounts in paise, the others are counts. */
export type MemberDashboard = {
  readonly walletBalance: Paise
  readonly totalEarned: Paise
  readonly totalWithdrawn: Paise
  /** Bookings that are confirmed and not paid in full. */
  readonly activeBookings: number
  readonly totalBookings: number
  readonly pairs: number
  readonly pendingPayouts: number
}

/** Reads the figures of one member. */
export async function readDashboard(
  { db }: Pick<Deps, 'db'>,
  { userId }: { userId: number },
): Promise<MemberDashboard> {
  const [wallet, byStatus, pairs, pendingPayouts] = await Promise.all([
    wallets.find(db.read, userId),
    bookings.countByStatus(db.read, userId),
    network.countPairs(db.read, userId),
    payouts.countPending(db.read, userId),
  ])
  return {
    walletBalance: wallet?.balance ?? 0n,
    totalEarned: wallet?.totalEarned ?? 0n,
    totalWithdrawn: wallet?.totalWithdrawn ?? 0n,
    activeBookings: byStatus.active ?? 0,
    totalBookings: Object.values(byStatus).reduce((sum, count) => sum + count, 0),
    pairs,
    pendingPayouts,
  }
}
