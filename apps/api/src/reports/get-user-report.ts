import { reportMember } from '@ev/application'
import { reports } from '@ev/db'
import { bookingStatuses, paymentMethods, sumPaise } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { type CsvCell, csv } from '../documents/csv.ts'
import { download, entityId, formatQuery, rupees, signedRupees } from '../http/index.ts'

const bookingsView = z.object({
  count: z.int(),
  total_amount: rupees.meta({ description: 'The prices of the booked vehicles.' }),
  total_paid: rupees,
  by_status: z
    .array(z.object({ status: z.enum(bookingStatuses), count: z.int(), total_amount: rupees, total_paid: rupees }))
    .meta({ description: 'The bookings in each state that there are any of.' }),
})

const paymentsView = z.object({
  count: z.int(),
  amount: signedRupees.meta({ description: 'What was paid, net of refunds.' }),
  by_method: z
    .array(z.object({ payment_method: z.enum(paymentMethods), count: z.int(), amount: signedRupees }))
    .meta({ description: 'What was paid in each way, net of refunds.' }),
})

const userReportView = z.object({
  user: z.int(),
  user_name: z.string(),
  bookings: bookingsView.meta({ description: 'What the member booked.' }),
  payments: paymentsView.meta({ description: 'What the member paid.' }),
  referrals: z
    .object({
      count: z.int(),
      active_buyers: z.int().meta({ description: 'How many of them are Active Buyers.' }),
      bonus_count: z.int().meta({ description: 'How many payments of theirs earned a bonus.' }),
      bonus_amount: rupees.meta({ description: 'The bonuses, less their reversals.' }),
    })
    .meta({ description: 'Whom the member referred.' }),
  team: z
    .object({ left_team: z.int(), right_team: z.int() })
    .meta({ description: "The legs of the member's tree; zeros without a position in it." }),
  earnings: z
    .object({
      pairs: z.int().meta({ description: 'How many pairs were credited and stand.' }),
      pair_amount: rupees.meta({ description: 'What the pairs earned.' }),
      emi_deducted: rupees,
      net_amount: rupees,
      total_earned: rupees,
      total_withdrawn: rupees,
      wallet_balance: rupees,
    })
    .meta({ description: 'What the member earned and withdrew.' }),
})

type Activity = Awaited<ReturnType<typeof reports.memberActivity>>
type UserReport = z.output<typeof userReportView>

function toUserReport(user: { id: number; name: string }, activity: Activity): UserReport {
  const { bookings, payments, referrals, team, pairs, bonuses, wallet } = activity
  return {
    user: user.id,
    user_name: user.name,
    bookings: {
      count: bookings.reduce((sum, { count }) => sum + count, 0),
      total_amount: sumPaise(bookings.map(({ total }) => total)),
      total_paid: sumPaise(bookings.map(({ paid }) => paid)),
      by_status: bookings.map(({ status, count, total, paid }) => ({
        status,
        count,
        total_amount: total,
        total_paid: paid,
      })),
    },
    payments: {
      count: payments.reduce((sum, { count }) => sum + count, 0),
      amount: sumPaise(payments.map(({ amount }) => amount)),
      by_method: payments.map(({ method, count, amount }) => ({ payment_method: method, count, amount })),
    },
    referrals: {
      count: referrals.count,
      active_buyers: referrals.activeBuyers,
      bonus_count: bonuses.count,
      bonus_amount: bonuses.earned,
    },
    team: { left_team: team.left, right_team: team.right },
    earnings: {
      pairs: pairs.count,
      pair_amount: pairs.earned,
      emi_deducted: pairs.emiDeducted,
      net_amount: pairs.net,
      total_earned: wallet?.totalEarned ?? 0n,
      total_withdrawn: wallet?.totalWithdrawn ?? 0n,
      wallet_balance: wallet?.balance ?? 0n,
    },
  }
}

/** One line a figure: where it stands, what it is called, what it is. */
function toRows(report: UserReport): CsvCell[][] {
  const { user, user_name, ...parts } = report
  const rows: CsvCell[][] = [
    ['member', 'user', user],
    ['member', 'user_name', user_name],
  ]
  for (const [part, figures] of Object.entries(parts)) {
    for (const [name, value] of Object.entries<CsvCell | object[]>(figures)) {
      if (!Array.isArray(value)) rows.push([part, name, value])
    }
  }
  for (const { status, count, total_paid } of parts.bookings.by_status) {
    rows.push(['bookings', `${status}.count`, count], ['bookings', `${status}.total_paid`, total_paid])
  }
  for (const { payment_method, count, amount } of parts.payments.by_method) {
    rows.push(['payments', `${payment_method}.count`, count], ['payments', `${payment_method}.amount`, amount])
  }
  return rows
}

export const getUserReportRoute = defineRoute({
  method: 'get',
  path: '/reports/user/',
  summary: 'What a member did and earned',
  description:
    "One's own bookings, payments, referrals, team and earnings so far. Admins see any member's with `user=`.",
  access: 'member',
  request: {
    query: z.object({
      user: entityId.optional().meta({ description: 'For admins: the id of the member.', examples: [7] }),
      format: formatQuery.meta({ description: '`csv` answers a file with the same figures.' }),
    }),
  },
  response: { status: 200, body: userReportView, file: 'text/csv' },
  refusals: ['user.not_found'],
  async handle(deps, { actor, query }) {
    const user = await reportMember(deps, { actor, asked: query.user })
    const name = `${user.firstName} ${user.lastName}`.trim() || user.username
    const report = toUserReport({ id: user.id, name }, await reports.memberActivity(deps.db.read, user.id))
    if (query.format === 'json') return report
    const content = csv({ columns: ['part', 'figure', 'value'], rows: toRows(report) })
    return download({ content, filename: `member-${user.id}.csv` })
  },
})
