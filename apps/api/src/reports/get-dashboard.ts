import { readDashboard } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { rupees } from '../http/index.ts'

const dashboardView = z.object({
  wallet_balance: rupees,
  total_earnings: rupees,
  total_withdrawn: rupees,
  active_bookings: z.int(),
  total_bookings: z.int(),
  binary_pairs: z.int(),
  pending_payouts: z.int(),
})

export const getDashboardRoute = defineRoute({
  method: 'get',
  path: '/reports/dashboard/',
  summary: 'Your figures at a glance',
  access: 'member',
  request: {},
  response: { status: 200, body: dashboardView },
  refusals: [],
  async handle(deps, { actor }) {
    const figures = await readDashboard(deps, { userId: actor.userId })
    return {
      wallet_balance: figures.walletBalance,
      total_earnings: figures.totalEarned,
      total_withdrawn: figures.totalWithdrawn,
      active_bookings: figures.activeBookings,
      total_bookings: figures.totalBookings,
      binary_pairs: figures.pairs,
      pending_payouts: figures.pendingPayouts,
    }
  },
})
