import type { MemberDashboard, PlatformFigures } from '@ev/application'
import { z } from 'zod'
import { instant, rupees } from '../http/index.ts'

export const memberDashboardView = z.object({
  wallet_balance: rupees,
  total_earnings: rupees,
  total_withdrawn: rupees,
  active_bookings: z.int(),
  total_bookings: z.int(),
  binary_pairs: z.int(),
  pending_payouts: z.int(),
})

export const adminDashboardView = z.object({
  total_users: z.int().meta({ description: 'All accounts, staff and admins included.', examples: [1200] }),
  active_buyers: z.int().meta({ description: "Members whose payments reach the plan's threshold." }),
  total_bookings: z.int(),
  total_revenue: rupees.meta({ description: 'What bookings have received, net of refunds.' }),
  total_wallet_balance: rupees.meta({ description: 'What is in all wallets together.' }),
  pending_payouts: z.int(),
  pending_payout_amount: rupees.meta({ description: 'What those payouts ask for, before tax.' }),
  pairs_this_month: z.int(),
  commissions_this_month: rupees.meta({ description: 'Bonuses and pairs credited this month, less reversals.' }),
  pending_kyc: z.int().meta({ description: 'Identity checks that wait for a review.' }),
  unpublished_messages: z.int().meta({ description: 'Messages that wait for the broker.' }),
  oldest_unpublished_age_seconds: z.number().nullable().meta({
    description: 'For how long the oldest of them had waited; null when none did.',
  }),
  counted_at: instant.meta({ description: 'When these figures were counted; they are kept for a minute.' }),
})

export function toMemberDashboard(figures: MemberDashboard): z.output<typeof memberDashboardView> {
  return {
    wallet_balance: figures.walletBalance,
    total_earnings: figures.totalEarned,
    total_withdrawn: figures.totalWithdrawn,
    active_bookings: figures.activeBookings,
    total_bookings: figures.totalBookings,
    binary_pairs: figures.pairs,
    pending_payouts: figures.pendingPayouts,
  }
}

export function toAdminDashboard(figures: PlatformFigures): z.output<typeof adminDashboardView> {
  const ageMs = figures.oldestUnpublishedAgeMs
  return {
    total_users: figures.totalUsers,
    active_buyers: figures.activeBuyers,
    total_bookings: figures.totalBookings,
    total_revenue: figures.totalRevenue,
    total_wallet_balance: figures.totalWalletBalance,
    pending_payouts: figures.pendingPayouts,
    pending_payout_amount: figures.pendingPayoutAmount,
    pairs_this_month: figures.pairsThisMonth,
    commissions_this_month: figures.commissionsThisMonth,
    pending_kyc: figures.pendingKyc,
    unpublished_messages: figures.unpublishedMessages,
    oldest_unpublished_age_seconds: ageMs === null ? null : ageMs / 1_000,
    counted_at: figures.countedAt,
  }
}
