import type { LegacyRecord, takeOver } from '@ev/db'
import {
  available,
  emptyWallet,
  type Journal,
  journal,
  maxPaise,
  openingKey,
  type Paise,
  payoutKey,
  postingsOf,
  statementOf,
  sumPaise,
  type Wallet,
  walletAfter,
} from '@ev/domain'
import type { Discrepancies } from '../discrepancies.ts'
import { greatest, groupBy, idOf, instantOf, paiseOf } from '../values.ts'
import type { MemberRow } from './members.ts'
import type { PayoutDraft } from './payouts.ts'

/** A member's wallet with the entries that it begins with: the opening, and the holds of payouts that wait. */
export type WalletDraft = {
  readonly row: takeOver.NewRows['wallets']
  readonly opening: takeOver.NewRows['openingBalances']
  readonly journals: readonly Journal[]
  readonly held: readonly { readonly payoutId: number; readonly amount: Paise; readonly at: Date }[]
}

type WalletSources = {
  readonly members: readonly MemberRow[]
  readonly payouts: readonly PayoutDraft[]
  readonly found: Discrepancies
  readonly now: Date
}

/**
 * One wallet for each member, as it stood. Balances are opened, not replayed: the old rows do not sum, and what they tell was decided by
 * other rules. Answers the payouts as well, because one that the balance does not hold is rejected.
 */
export function decideWallets(
  { wallets, walletRows }: { wallets: readonly LegacyRecord[]; walletRows: readonly LegacyRecord[] },
  { members, payouts, found, now }: WalletSources,
): { wallets: WalletDraft[]; payouts: PayoutDraft[] } {
  const byMember = new Map(wallets.map((row) => [idOf(row, 'user_id'), row]))
  const rowsOf = groupBy(walletRows, 'user_id')
  const payoutsOf = new Map<number, PayoutDraft[]>()
  for (const payout of payouts) payoutsOf.set(payout.row.userId, [...(payoutsOf.get(payout.row.userId) ?? []), payout])
  const memberIds = new Set(members.map(({ id }) => id!))
  for (const [userId, row] of byMember)
    if (!memberIds.has(userId)) found.add('row.orphan', `wallet ${idOf(row)}`, { amount: paiseOf(row, 'balance') })
  let nextId = 1 + greatest(wallets.map((row) => idOf(row)))
  const rejected = new Set<number>()
  const drafts = [...members]
    .sort((a, b) => a.id! - b.id!)
    .map(({ id, dateJoined }) => {
      const userId = id!
      const row = byMember.get(userId) ?? null
      if (row === null) found.add('wallet.missing', `member ${userId}`)
      const subject = `wallet ${row ? idOf(row) : 'new'} of member ${userId}`
      const own = rowsOf.get(userId) ?? []
      if (row) reportRows(row, own, { subject, found })
      const figures = openingFigures(row, own, { payouts: payoutsOf.get(userId) ?? [], subject, found })
      const decided = openWallet(userId, figures, { payouts: payoutsOf.get(userId) ?? [], found, now })
      for (const payoutId of decided.rejected) rejected.add(payoutId)
      const { userId: _, ...state } = decided.wallet
      return {
        journals: decided.journals,
        held: decided.held,
        opening: { userId, ...figures.opening, createdAt: now },
        row: {
          id: row ? idOf(row) : nextId++,
          userId,
          ...state,
          totalEarned: figures.opening.totalEarned,
          totalWithdrawn: figures.totalWithdrawn,
          createdAt: row ? instantOf(row, 'created_at', now) : dateJoined,
          updatedAt: now,
        },
      }
    })
  return {
    wallets: drafts,
    payouts: payouts.map((payout) => (rejected.has(payout.row.id!) ? asRejected(payout) : payout)),
  }
}

type Figures = {
  readonly opening: {
    readonly balance: Paise
    readonly emiReserve: Paise
    readonly recoverable: Paise
    readonly totalEarned: Paise
    readonly totalWithdrawn: Paise
  }
  readonly totalWithdrawn: Paise
}

function openingFigures(
  row: LegacyRecord | null,
  own: readonly LegacyRecord[],
  { payouts, subject, found }: { payouts: readonly PayoutDraft[]; subject: string; found: Discrepancies },
): Figures {
  const balance = row ? paiseOf(row, 'balance') : 0n
  if (balance < 0n) found.add('wallet.negative', subject, { amount: balance })
  const lost = own.filter(isLostDeduction)
  const emiReserve = sumPaise(lost.map((each) => magnitude(paiseOf(each, 'amount'))))
  if (emiReserve > 0n)
    found.add('emi.lost', subject, { amount: emiReserve, note: `rows ${lost.map((each) => idOf(each)).join(', ')}` })
  // What had left the old wallet and has not arrived is brought back, to be held until its result is recorded.
  const onItsWay = sumPaise(payouts.filter(isOnItsWay).map(requestedOf))
  const completed = sumPaise(payouts.filter(({ row: payout }) => payout.status === 'completed').map(requestedOf))
  const withdrawn = maxPaise((row ? paiseOf(row, 'total_withdrawn') : 0n) - onItsWay, 0n)
  if (withdrawn !== completed) found.add('wallet.withdrawn', subject, { amount: withdrawn - completed })
  return {
    totalWithdrawn: withdrawn,
    opening: {
      balance: maxPaise(balance, 0n) + onItsWay,
      emiReserve,
      recoverable: maxPaise(-balance, 0n),
      totalEarned: row ? maxPaise(paiseOf(row, 'total_earned'), 0n) : 0n,
      totalWithdrawn: withdrawn - completed,
    },
  }
}

const waits = ({ row }: PayoutDraft): boolean => row.status === 'pending' || row.status === 'processing'
const isOnItsWay = (payout: PayoutDraft): boolean => waits(payout) && payout.wasDebited
const requestedOf = ({ row }: PayoutDraft): Paise => BigInt(row.requestedAmount)
const magnitude = (amount: Paise): Paise => (amount < 0n ? -amount : amount)

/** A deduction that changed nothing: the 20 % were kept from the member and reached no booking. */
const isLostDeduction = (row: LegacyRecord): boolean =>
  row['transaction_type'] === 'EMI_DEDUCTION' && paiseOf(row, 'balance_before') === paiseOf(row, 'balance_after')

/** The opening entry, then a hold for each payout that waits, those first whose money had left the old wallet. */
function openWallet(
  userId: number,
  { opening }: Figures,
  { payouts, found, now }: { payouts: readonly PayoutDraft[]; found: Discrepancies; now: Date },
) {
  let wallet: Wallet = emptyWallet(userId)
  const journals: Journal[] = []
  const held: { payoutId: number; amount: Paise; at: Date }[] = []
  const rejected: number[] = []
  const post = (entry: Journal) => {
    journals.push(entry)
    wallet = walletAfter(wallet, entry)
  }
  const first = openingJournal(userId, opening)
  if (first) post(first)
  const waiting = payouts
    .filter(waits)
    .sort((a, b) => Number(b.wasDebited) - Number(a.wasDebited) || a.row.id! - b.row.id!)
  for (const payout of waiting) {
    const [payoutId, amount] = [payout.row.id!, requestedOf(payout)]
    if (amount > available(wallet)) {
      rejected.push(payoutId)
      found.add('payout.above_balance', `payout ${payoutId} of member ${userId}`, {
        amount: amount - available(wallet),
      })
      continue
    }
    post(holdJournal({ payoutId, userId, amount }))
    held.push({ payoutId, amount, at: now })
  }
  return { wallet, journals, held, rejected }
}

function openingJournal(userId: number, { balance, emiReserve, recoverable }: Figures['opening']): Journal | null {
  const postings = postingsOf(
    { from: { kind: 'opening' }, to: { kind: 'member_wallet', userId }, amount: balance },
    { from: { kind: 'opening' }, to: { kind: 'member_emi_reserve', userId }, amount: emiReserve },
    { from: { kind: 'member_recoverable', userId }, to: { kind: 'opening' }, amount: recoverable },
  )
  if (postings.length === 0) return null
  const description = 'Balance taken over from the previous platform'
  return journal({
    key: openingKey('wallet', userId),
    reference: { type: 'opening', id: userId },
    postings,
    statement: statementOf({ userId, type: 'ADJUSTMENT', amount: balance, description }),
  })
}

function holdJournal({ payoutId, userId, amount }: { payoutId: number; userId: number; amount: Paise }): Journal {
  return journal({
    key: payoutKey(payoutId, 'hold'),
    reference: { type: 'payout', id: payoutId },
    postings: [{ from: { kind: 'member_wallet', userId }, to: { kind: 'member_hold', userId }, amount }],
    statement: [],
  })
}

function asRejected(payout: PayoutDraft): PayoutDraft {
  const failureReason = 'The wallet did not hold the amount when it was taken over from the previous platform'
  return { ...payout, row: { ...payout.row, status: 'rejected', failureReason } }
}

/** Compares a wallet with its rows: what they changed, whether they follow each other, and what was earned by them. */
function reportRows(
  wallet: LegacyRecord,
  own: readonly LegacyRecord[],
  { subject, found }: { subject: string; found: Discrepancies },
): void {
  const changes = sumPaise(own.map((row) => paiseOf(row, 'balance_after') - paiseOf(row, 'balance_before')))
  const balance = paiseOf(wallet, 'balance')
  if (changes !== balance)
    found.add('wallet.rows', subject, { amount: balance - changes, note: `balance ${wallet['balance']}` })
  let before = 0n
  for (const row of own) {
    const [from, to] = [paiseOf(row, 'balance_before'), paiseOf(row, 'balance_after')]
    const changed = magnitude(to - from)
    if (from !== before)
      found.add('wallet.chain', `row ${idOf(row)} of ${subject}`, { amount: from - before, note: 'begins elsewhere' })
    if (changed !== magnitude(paiseOf(row, 'amount')) && !isLostDeduction(row))
      found.add('wallet.chain', `row ${idOf(row)} of ${subject}`, { amount: changed, note: `amount ${row['amount']}` })
    before = to
  }
  const types: readonly (string | null | undefined)[] = ['REFERRAL_BONUS', 'BINARY_PAIR']
  const earned = sumPaise(
    own.filter((row) => types.includes(row['transaction_type'])).map((row) => paiseOf(row, 'amount')),
  )
  const stated = paiseOf(wallet, 'total_earned')
  if (stated !== earned) found.add('wallet.earned', subject, { amount: stated - earned })
}
