import { noteExport } from '@ev/application'
import {
  bookings,
  documents,
  kyc,
  nominees,
  notifications,
  payments,
  payouts,
  sessions,
  tdsRecords,
  users,
  wallets,
  walletTransactions,
} from '@ev/db'
import { z } from 'zod'
import { sessionView, toSessionView } from '../auth/session.view.ts'
import { bookingView, toBookingView } from '../bookings/booking.view.ts'
import { paymentView, toPaymentView } from '../bookings/payment.view.ts'
import { documentView, toDocumentView } from '../compliance/document.view.ts'
import { tdsView, toTdsView } from '../compliance/tds.view.ts'
import { type ApiDeps, defineRoute } from '../define-route.ts'
import { entityId, instant } from '../http/index.ts'
import { kycView, toKycView } from '../kyc/kyc.view.ts'
import { nomineeView, toNomineeView } from '../nominees/nominee.view.ts'
import { notificationView, toNotificationView } from '../notifications/notification.view.ts'
import { payoutView, toPayoutView } from '../payouts/payout.view.ts'
import { toWalletTransactionView, toWalletView, walletTransactionView, walletView } from '../wallet/wallet.view.ts'
import { accountView, toAccountView } from './user.view.ts'

/** Of each list the newest; a longer one is named in `incomplete` and read by its own route. */
const rowsAtMost = 1_000

const newest = <Row extends z.ZodType>(row: Row, description: string) => z.array(row).meta({ description })

const exportView = z
  .object({
    exported_at: instant,
    account: accountView.meta({ description: 'The account and its profile.' }),
    kyc: kycView.nullable().meta({ description: 'The identity check; null before the first submission.' }),
    nominee: nomineeView.nullable().meta({ description: 'The nominee; null when none was named.' }),
    documents: newest(documentView, 'Documents that were uploaded.'),
    sessions: newest(sessionView, 'Where the member is logged in.'),
    bookings: newest(bookingView, 'Bookings, whatever became of them.'),
    payments: newest(paymentView, 'Payments towards these bookings.'),
    wallet: walletView.meta({ description: 'What the wallet holds.' }),
    wallet_transactions: newest(walletTransactionView, 'The statement of the wallet.'),
    payouts: newest(payoutView, 'Payouts, whatever became of them.'),
    tax_records: newest(tdsView, 'Tax deducted, by financial year.'),
    notifications: newest(notificationView, 'What the member was told.'),
    incomplete: z.array(z.string()).meta({
      description: 'The lists above that have more rows than are given here.',
      example: ['wallet_transactions'],
    }),
  })
  .meta({ id: 'MemberExport' })

/** Everything that is kept about a member in a form that a program reads (DPDP Act 2023 s. 11); identity and account numbers stay masked. */
async function exportOf(
  { db, clock }: Pick<ApiDeps, 'db' | 'clock'>,
  { userId, viewer }: { userId: number; viewer: { sessionId: number } },
): Promise<z.output<typeof exportView>> {
  const { read } = db
  const page = { skip: 0, take: rowsAtMost }
  const owner = { ownedBy: null, userId }
  const byAge = { ...page, direction: 'desc' } as const
  const account = await users.get(read, userId)
  const lists = {
    documents: await documents.list(read, owner, byAge),
    sessions: await sessions.listLive(read, { userId, now: clock.now() }, page),
    bookings: await bookings.list(read, owner, byAge),
    payments: await payments.list(read, owner, page),
    wallet_transactions: await walletTransactions.list(read, owner, page),
    payouts: await payouts.list(read, owner, byAge),
    tax_records: await tdsRecords.list(read, owner, page),
    notifications: await notifications.list(read, { userId }, page),
  }
  const [papers, nominee] = [await kyc.findOfUser(read, userId), await nominees.findOfUser(read, userId)]
  return {
    exported_at: clock.now(),
    account: toAccountView(account),
    kyc: papers && toKycView(papers),
    nominee: nominee && toNomineeView(nominee),
    documents: lists.documents.rows.map(toDocumentView),
    sessions: lists.sessions.rows.map((session) => toSessionView(session, viewer)),
    bookings: lists.bookings.rows.map(toBookingView),
    payments: lists.payments.rows.map(toPaymentView),
    wallet: toWalletView(await wallets.get(read, userId)),
    wallet_transactions: lists.wallet_transactions.rows.map(toWalletTransactionView),
    payouts: lists.payouts.rows.map(toPayoutView),
    tax_records: lists.tax_records.rows.map(toTdsView),
    notifications: lists.notifications.rows.map(toNotificationView),
    incomplete: Object.entries(lists).flatMap(([name, { count }]) => (count > rowsAtMost ? [name] : [])),
  }
}

const exportOwnRoute = defineRoute({
  method: 'get',
  path: '/users/export/',
  summary: 'Everything that is kept about you',
  description:
    'Of each list the newest thousand; `incomplete` names the longer ones, which their own routes give out whole.',
  access: 'member',
  request: {},
  response: { status: 200, body: exportView },
  refusals: [],
  handle: (deps, { actor }) => exportOf(deps, { userId: actor.userId, viewer: actor }),
})

const exportUserRoute = defineRoute({
  method: 'get',
  path: '/users/{id}/export/',
  summary: 'Everything that is kept about a member',
  description: 'For a member who asks by other ways. It stands in the audit log.',
  access: 'admin',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: exportView },
  refusals: ['user.not_found'],
  async handle(deps, { actor, params: { id } }) {
    const found = await exportOf(deps, { userId: id, viewer: actor })
    await noteExport(deps, { actor, userId: id })
    return found
  },
})

export const exportRoutes = [exportOwnRoute, exportUserRoute]
