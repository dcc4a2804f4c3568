import type { LegacyRecord, takeOver } from '@ev/db'
import { type CompensationPlan, formatRupees, istMonth, minPaise, rebuildNetworkIndex, type Side } from '@ev/domain'
import type { Discrepancies } from '../discrepancies.ts'
import { pairStatuses } from '../mapping.ts'
import { groupBy, idOf, idOrNull, instantOf, instantOrNull, paiseOf, textOf, wordOf } from '../values.ts'
import type { DecidedTree } from './tree.ts'

export type PairRow = takeOver.NewRows['pairs']

type PairSources = {
  readonly tree: DecidedTree
  readonly isActiveBuyer: (userId: number) => boolean
  readonly found: Discrepancies
  readonly plan: CompensationPlan
  readonly now: Date
  readonly month: string
}

/**
 * The old pairs that hold: two members of the two legs, neither matched before by the same earner. Ordinals are counted anew, without gaps.
 * A pair that the replaced platform had not credited yet stays `matched`, and this platform credits it.
 */
export function decidePairs(
  { pairs, earnings }: { pairs: readonly LegacyRecord[]; earnings: readonly LegacyRecord[] },
  sources: PairSources,
): PairRow[] {
  const { found, plan, now } = sources
  const earningsOf = groupBy(earnings, 'binary_pair_id')
  const used = new Set<string>()
  const ordinals = new Map<number, number>()
  const inMonth = new Map<string, number>()
  const kept: PairRow[] = []
  for (const row of pairs) {
    const own = earningsOf.get(idOf(row)) ?? []
    const members = matchedMembers(row, { ...sources, used, isCredited: own.length > 0 })
    if (members === null) continue
    const { userId, left, right } = members
    const subject = `pair ${idOf(row)} of member ${userId}`
    const pairNumber = (ordinals.get(userId) ?? 0) + 1
    ordinals.set(userId, pairNumber)
    const month = monthOf(row, sources)
    const thisMonth = (inMonth.get(`${userId}:${month}`) ?? 0) + 1
    inMonth.set(`${userId}:${month}`, thisMonth)
    if (thisMonth > plan.monthlyPairLimit) found.add('pair.month_limit', subject, { note: month })
    reportEarnings(subject, own, { pairNumber, found })
    const isProcessed = own.length > 0 || wordOf(pairStatuses, textOf(row, 'status')) === 'processed'
    if (!isProcessed) found.add('pair.uncredited', subject, { amount: paiseOf(row, 'earning_amount') })
    const createdAt = instantOf(row, 'created_at', now)
    const matchedAt = instantOf(row, 'matched_at', createdAt)
    kept.push({
      id: idOf(row),
      userId,
      leftUserId: left,
      rightUserId: right,
      standingLeftId: left,
      standingRightId: right,
      pairNumber,
      pairAmount: paiseOf(row, 'pair_amount'),
      earningAmount: paiseOf(row, 'earning_amount'),
      status: isProcessed ? 'processed' : 'matched',
      month,
      isActiveBuyer: sources.isActiveBuyer(userId),
      planVersion: plan.version,
      createdAt,
      matchedAt,
      processedAt: isProcessed ? (instantOrNull(row, 'processed_at') ?? matchedAt) : null,
    })
  }
  reportUnmatched(kept, sources)
  return kept
}

/** The earner and the two members, or null, with the reason in the report, for a pair that cannot be one. */
function matchedMembers(
  row: LegacyRecord,
  { tree, found, used, isCredited }: PairSources & { used: Set<string>; isCredited: boolean },
): { userId: number; left: number; right: number } | null {
  const userId = idOf(row, 'user_id')
  const left = idOrNull(row, 'left_user_id')
  const right = idOrNull(row, 'right_user_id')
  const subject = `pair ${idOf(row)} of member ${userId}`
  const details = { amount: paiseOf(row, 'earning_amount'), note: isCredited ? 'was credited' : 'was not credited' }
  if (left === null || right === null) found.add('pair.incomplete', subject, details)
  else if (
    !isInLeg(tree, { earner: userId, side: 'left', member: left }) ||
    !isInLeg(tree, { earner: userId, side: 'right', member: right })
  )
    found.add('pair.not_in_leg', subject, details)
  else if (used.has(`${userId}:left:${left}`) || used.has(`${userId}:right:${right}`))
    found.add('pair.repeated', subject, { ...details, note: `members ${left} and ${right}; ${details.note}` })
  else {
    used.add(`${userId}:left:${left}`).add(`${userId}:right:${right}`)
    return { userId, left, right }
  }
  return null
}

function isInLeg(
  { index, seqs }: DecidedTree,
  { earner, side, member }: { earner: number; side: Side; member: number },
): boolean {
  const at = seqs.get(earner)
  const seq = seqs.get(member)
  if (at === undefined || seq === undefined) return false
  const root = index.children(at)[side]
  return root !== null && index.isInSubtree({ root, member: seq })
}

/** The month that the replaced platform counted the pair in; never later than now. */
function monthOf(row: LegacyRecord, { now, month }: PairSources): string {
  const [pairYear, pairMonth] = [Number(row['pair_year'] ?? 0), Number(row['pair_month'] ?? 0)]
  const isMonth = pairYear >= 2000 && pairMonth >= 1 && pairMonth <= 12
  const stated = isMonth
    ? `${pairYear}-${String(pairMonth).padStart(2, '0')}`
    : istMonth(instantOf(row, 'matched_at', instantOf(row, 'created_at', now)))
  return stated > month ? month : stated
}

function reportEarnings(
  subject: string,
  own: readonly LegacyRecord[],
  { pairNumber, found }: { pairNumber: number; found: Discrepancies },
): void {
  for (const extra of own.slice(1)) found.add('pair.credited_twice', subject, { amount: paiseOf(extra, 'amount') })
  const stated = own[0]?.['pair_number']
  if (stated != null && Number(stated) !== pairNumber)
    found.add('pair.number', subject, { note: `${stated}, is the ${pairNumber}.` })
}

/** How much the whole teams hold that direct children never made a pair of. */
function reportUnmatched(kept: readonly PairRow[], { tree, found, plan, month }: PairSources): void {
  const index = rebuildNetworkIndex({
    placements: tree.placements.map(({ seq, sponsorSeq, parentSeq, side, qualifiedAt }) => ({
      seq,
      sponsor: sponsorSeq ?? null,
      parent: parentSeq ?? null,
      side: side ?? null,
      qualified: qualifiedAt !== null,
    })),
    pairs: kept.map(({ userId, leftUserId, rightUserId, pairNumber, month: made }) => ({
      earner: tree.seqs.get(userId)!,
      ordinal: pairNumber,
      left: tree.seqs.get(leftUserId)!,
      right: tree.seqs.get(rightUserId)!,
      month: made,
      isReversed: false,
    })),
    flushes: [],
    month,
  })
  let pairs = 0n
  let atOnce = 0n
  for (const seq of index.pairable()) {
    const { left, right } = index.legs(seq)
    const possible = BigInt(Math.min(left.qualified - left.consumed, right.qualified - right.consumed))
    pairs += possible
    atOnce += minPaise(possible, BigInt(Math.max(0, plan.monthlyPairLimit - index.node(seq).pairsThisMonth)))
  }
  if (pairs === 0n) return
  found.add('tree.unmatched', `${pairs} pairs of ${index.pairable().length} members`, {
    amount: pairs * plan.pairEarning,
    note: `${atOnce} this month, ₹${formatRupees(atOnce * plan.pairEarning)}`,
  })
}
