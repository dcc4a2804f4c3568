import type { takeOver } from '@ev/db'
import { activeBuyer, type CompensationPlan, isClosed, istMonth, type PaidByMethod } from '@ev/domain'
import { type DecidedBookings, decideBookings } from './decide/bookings.ts'
import { decideImages, decideVehicles, type ImageDraft } from './decide/catalogue.ts'
import { type DocumentDraft, decideDocuments, decideNotifications } from './decide/correspondence.ts'
import { keptRows } from './decide/legacy-rows.ts'
import { decideMembers, type MemberRow } from './decide/members.ts'
import { decidePairs, type PairRow } from './decide/pairs.ts'
import { decideKyc, decideNominees, type KycDraft, type NomineeDraft } from './decide/papers.ts'
import { decidePayouts, type PayoutDraft, partsOf } from './decide/payouts.ts'
import { decideTax } from './decide/tax.ts'
import { type DecidedTree, decideTree } from './decide/tree.ts'
import { decideWallets, type WalletDraft } from './decide/wallets.ts'
import type { Discrepancies } from './discrepancies.ts'
import type { LegacyTable } from './mapping.ts'
import type { Legacy } from './read-legacy.ts'
import { flagOf, greatest, idOf } from './values.ts'

/** All that is to be written. It depends on the legacy data, the plan and the moment alone, so that an import that was interrupted goes on with the same. */
export type TakeOverPlan = Omit<DecidedBookings, 'journals'> & {
  readonly members: MemberRow[]
  readonly kyc: KycDraft[]
  readonly nominees: NomineeDraft[]
  readonly vehicles: takeOver.NewRows['vehicles'][]
  readonly images: ImageDraft[]
  readonly payouts: PayoutDraft[]
  readonly payoutTransactions: takeOver.NewRows['payoutTransactions'][]
  readonly wallets: WalletDraft[]
  readonly tdsRecords: takeOver.NewRows['tdsRecords'][]
  readonly journals: DecidedBookings['journals']
  readonly placements: DecidedTree['placements']
  readonly pairs: PairRow[]
  readonly notifications: takeOver.NewRows['notifications'][]
  readonly documents: DocumentDraft[]
  readonly legacyRows: takeOver.NewRows['legacyRows'][]
  /** Referred members who have no place yet: they are placed by the rules of this platform. */
  readonly waitingForPlace: number[]
  readonly takenOver: takeOver.TakenOver
}

export function planTakeOver(
  legacy: Legacy,
  { found, plan, now }: { found: Discrepancies; plan: CompensationPlan; now: Date },
): TakeOverPlan {
  const month = istMonth(now)
  const unflagged = decideMembers(legacy.users, found, now)
  const memberIds = new Set(unflagged.map(({ id }) => id!))
  const vehicles = decideVehicles(legacy.vehicles, { found, now })
  const vehicleIds = idsOf(vehicles)
  const sources = { members: memberIds, vehicles: vehicleIds, found, now, planVersion: plan.version }
  const { journals: receipts, ...booked } = decideBookings(legacy, sources)
  const buyers = activeBuyersOf(booked, plan)
  const members = unflagged.map((member) => ({ ...member, isActiveBuyer: buyers.has(member.id!) }))
  reportActiveBuyers(legacy, { buyers, found })
  const tree = decideTree(legacy.binary_nodes, { members, found, now, month })
  const pairs = decidePairs(
    { pairs: legacy.binary_pairs, earnings: legacy.binary_earnings },
    { tree, isActiveBuyer: (userId) => buyers.has(userId), found, plan, now, month },
  )
  const walletRows = legacy.wallet_transactions
  const requested = decidePayouts(
    { payouts: legacy.payouts, transactions: legacy.payout_transactions, walletRows },
    sources,
  )
  const { wallets, payouts } = decideWallets(
    { wallets: legacy.wallets, walletRows },
    { members, payouts: requested, found, now },
  )
  const tax = decideTax(legacy.tds_records, { payouts, members: memberIds, found, now })
  const documents = decideDocuments(legacy.compliance_documents, sources)
  const notifications = decideNotifications(legacy.notifications, sources)
  const images = decideImages(legacy.vehicle_images, sources)
  const payoutIds = new Set(payouts.map(({ row }) => row.id!))
  const taken = {
    bookings: idsOf(booked.bookings),
    payments: idsOf(booked.payments),
    payouts: payoutIds,
    binary_pairs: idsOf(pairs),
    vehicles: vehicleIds,
    wallets: new Set(wallets.map(({ row }) => row.id!)),
    notifications: idsOf(notifications),
    vehicle_images: idsOf(images.map(({ row }) => row)),
    compliance_documents: idsOf(documents.map(({ row }) => row)),
    binary_nodes: new Set(
      legacy.binary_nodes.filter((row) => memberIds.has(idOf(row, 'user_id'))).map((row) => idOf(row)),
    ),
  } satisfies Partial<Record<LegacyTable, Set<number>>>
  return {
    ...booked,
    members,
    kyc: decideKyc(ownedBy(legacy.kyc, memberIds), sources),
    nominees: decideNominees(ownedBy(legacy.nominees, memberIds), sources),
    vehicles,
    images,
    payouts,
    payoutTransactions: partsOf(payouts),
    wallets,
    tdsRecords: tax.tdsRecords,
    journals: [...receipts, ...tax.journals],
    placements: tree.placements,
    pairs,
    notifications,
    documents,
    waitingForPlace: waitingOf(members, tree, found),
    legacyRows: keptRows(legacy, { members: memberIds, taken }),
    takenOver: {
      lastMemberId: greatest(memberIds),
      lastBookingId: greatest(taken.bookings),
      lastPaymentId: greatest(taken.payments),
      lastPairId: greatest(taken.binary_pairs),
      lastPayoutId: greatest(payoutIds),
      lastPlacementSeq: tree.placements.length,
    },
  }
}

const idsOf = (rows: readonly { id?: number | undefined }[]): Set<number> => new Set(rows.map(({ id }) => id!))

const ownedBy = (rows: Legacy['kyc'], members: ReadonlySet<number>): Legacy['kyc'] =>
  rows.filter((row) => members.has(idOf(row, 'user_id')))

/** Who is an Active Buyer by what was paid, as this platform counts it. */
function activeBuyersOf(
  { bookings, payments }: Omit<DecidedBookings, 'journals'>,
  plan: CompensationPlan,
): Set<number> {
  const closed = new Set(bookings.filter(({ status }) => isClosed(status!)).map(({ id }) => id!))
  const paid = new Map<number, Record<string, bigint>>()
  for (const { userId, bookingId, status, paymentMethod, amount, refundedAmount } of payments) {
    if (closed.has(bookingId) || (status !== 'completed' && status !== 'refunded')) continue
    const own = paid.get(userId) ?? {}
    own[paymentMethod] = (own[paymentMethod] ?? 0n) + BigInt(amount) - BigInt(refundedAmount ?? 0)
    paid.set(userId, own)
  }
  return new Set([...paid].filter(([, own]) => activeBuyer(own as PaidByMethod, plan)).map(([userId]) => userId))
}

function reportActiveBuyers(
  legacy: Legacy,
  { buyers, found }: { buyers: ReadonlySet<number>; found: Discrepancies },
): void {
  for (const row of legacy.users) {
    const stated = flagOf(row, 'is_active_buyer')
    const counted = buyers.has(idOf(row))
    if (stated !== counted) found.add('member.active_buyer', `member ${idOf(row)}`, { note: `${stated} → ${counted}` })
  }
}

function waitingOf(members: readonly MemberRow[], { seqs }: DecidedTree, found: Discrepancies): number[] {
  const waiting = members.filter(({ id, referredById }) => referredById != null && !seqs.has(id!)).map(({ id }) => id!)
  for (const id of waiting) found.add('tree.unplaced', `member ${id}`)
  return waiting
}
