import { type CompensationPlan, DomainError, type PlacementRecord, type Side } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Legs, NetworkHead, Pair, Placement } from './generated/sqlite/client.ts'
import type { PairCreateManyInput, PlacementCreateManyInput } from './generated/sqlite/models.ts'
import { insertMissing } from './insert-missing.ts'
import { type BeforeBounds, beforeWhere, type PageBounds } from './list-filters.ts'
import { lockRows } from './locks.ts'
import { pageOf } from './page-of.ts'
import { upsertRows } from './upsert-rows.ts'
import { groupedBy, page, rangedPages, within } from './verification/pages.ts'

export type PairRow = Pair
export type LegsRow = Legs
export type HeadRow = NetworkHead

const rowsAPage = 10_000
const membersAPage = 1_000

/**
 * Locks the one row that stands for the whole tree. Whoever writes placements or pairs holds it, so there is a single writer at a
 * time even when two workers believe to be it; `version` tells each of them whether its index is still the newest.
 */
export async function lockHead(tx: Tx, { month, now }: { month: string; now: Date }): Promise<HeadRow> {
  const head = await lockedHead(tx)
  if (head) return head
  // Two writers may both find the tree empty: the second waits here for the first one's row and then locks that.
  const row = { id: 1, version: 0, last_seq: 0, month, updated_at: now }
  await insertMissing(tx, 'network_head', [row], { key: ['id'] })
  return (await lockedHead(tx))!
}

async function lockedHead(tx: Tx): Promise<HeadRow | null> {
  await lockRows(tx, 'network_head', [1])
  return tx.networkHead.findUnique({ where: { id: 1 } })
}

export async function saveHead(
  tx: Tx,
  head: { version: number; lastSeq: number; month: string; now: Date },
): Promise<void> {
  const { now, ...figures } = head
  await tx.networkHead.update({ where: { id: 1 }, data: { ...figures, updatedAt: now } })
}

/** The head without a lock; null before the first placement. */
export function findHead(reader: Reader | Tx): Promise<HeadRow | null> {
  return reader.networkHead.findUnique({ where: { id: 1 } })
}

/** Every placement in order of sequence, with its member, read page by page. */
export async function* placements(reader: Reader | Tx): AsyncGenerator<PlacementRecord & { userId: number }> {
  let after = 0
  for (;;) {
    const rows: Placement[] = await reader.placement.findMany({
      where: { seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: rowsAPage,
    })
    for (const { seq, userId, sponsorSeq, parentSeq, side, qualifiedAt } of rows) {
      yield { seq, userId, sponsor: sponsorSeq, parent: parentSeq, side, qualified: qualifiedAt !== null }
    }
    if (rows.length < rowsAPage) return
    after = rows.at(-1)!.seq
  }
}

export type CountedOtherwise = { readonly userId: number; readonly shouldCount: boolean }

/**
 * Placed members who count for pairs in another way than the plan wants, page by page: under `placed` everybody counts for ever, under
 * `qualified_sale` Active Buyers do and, of the others, those who came to count by being placed.
 */
export async function* countedOtherwise(
  reader: Reader,
  { pairEligibility }: Pick<CompensationPlan, 'pairEligibility'>,
): AsyncGenerator<CountedOtherwise[]> {
  const isOtherwise =
    pairEligibility === 'placed'
      ? [{ qualifiedAt: null }, { isQualifiedBySale: true }]
      : [
          { qualifiedAt: null, user: { isActiveBuyer: true } },
          { isQualifiedBySale: true, user: { isActiveBuyer: false } },
        ]
  let after = 0
  for (;;) {
    const rows = await reader.placement.findMany({
      where: { seq: { gt: after }, OR: isOtherwise },
      select: { seq: true, userId: true, qualifiedAt: true },
      orderBy: { seq: 'asc' },
      take: membersAPage,
    })
    if (rows.length === 0) return
    yield rows.map(({ userId, qualifiedAt }) => ({
      userId,
      shouldCount: pairEligibility === 'placed' || qualifiedAt === null,
    }))
    after = rows.at(-1)!.seq
  }
}

/** Every pair in order of its id, read page by page. */
export async function* allPairs(reader: Reader | Tx): AsyncGenerator<PairRow> {
  let after = 0
  for (;;) {
    const rows: PairRow[] = await reader.pair.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: rowsAPage,
    })
    yield* rows
    if (rows.length < rowsAPage) return
    after = rows.at(-1)!.id
  }
}

export type StoredFlush = {
  readonly userId: number
  readonly month: string
  readonly left: number[]
  readonly right: number[]
}

/** Every recorded flush with the members it took, by placement sequence, read page by page. */
export async function flushes(reader: Reader | Tx): Promise<StoredFlush[]> {
  const all: StoredFlush[] = []
  const read = (after: number) => reader.pairFlush.findMany(page(after))
  for await (const { rows, range } of rangedPages(read)) {
    const members = await reader.pairFlushMember.findMany({
      where: { flushId: within(range) },
      orderBy: { id: 'asc' },
    })
    const taken = groupedBy(members, ({ flushId }) => flushId)
    const of = (flushId: number, side: Side) =>
      (taken.get(flushId) ?? []).filter((member) => member.side === side).map(({ memberSeq }) => memberSeq)
    all.push(...rows.map(({ id, userId, month }) => ({ userId, month, left: of(id, 'left'), right: of(id, 'right') })))
  }
  return all
}

/** The members whose flushes took this one. */
export async function flushersOf(tx: Tx, seq: number): Promise<number[]> {
  const rows = await tx.pairFlushMember.findMany({
    where: { memberSeq: seq },
    select: { flush: { select: { userId: true } } },
  })
  return rows.map(({ flush }) => flush.userId)
}

export async function insertPlacements(tx: Tx, rows: readonly PlacementCreateManyInput[]): Promise<void> {
  if (rows.length > 0) await tx.placement.createMany({ data: [...rows] })
}

/** These members count from now on, because of a sale or by being placed. */
export async function markQualified(
  tx: Tx,
  seqs: readonly number[],
  { isBySale, now }: { isBySale: boolean; now: Date },
): Promise<void> {
  if (seqs.length === 0) return
  const data = { qualifiedAt: now, isQualifiedBySale: isBySale }
  await tx.placement.updateMany({ where: { seq: { in: [...seqs] }, qualifiedAt: null }, data })
}

/** These members, who count, do so by being placed from now on, which they cannot lose. */
export async function markQualifiedForEver(tx: Tx, seqs: readonly number[]): Promise<void> {
  if (seqs.length === 0) return
  await tx.placement.updateMany({ where: { seq: { in: [...seqs] } }, data: { isQualifiedBySale: false } })
}

export async function markDisqualified(tx: Tx, seq: number): Promise<void> {
  await tx.placement.update({ where: { seq }, data: { qualifiedAt: null, isQualifiedBySale: false } })
}

/** Whether the member counts because of a sale. */
export async function isQualifiedBySale(tx: Tx, seq: number): Promise<boolean> {
  const row = await tx.placement.findUnique({ where: { seq }, select: { isQualifiedBySale: true } })
  return row?.isQualifiedBySale ?? false
}

type NewPair = Omit<PairCreateManyInput, 'id' | 'standingLeftId' | 'standingRightId'>

/** Inserts pairs and answers their ids in the same order. The head's lock is held, so the ids that follow the last one are free. */
export async function insertPairs(tx: Tx, rows: readonly NewPair[]): Promise<number[]> {
  if (rows.length === 0) return []
  const last = await tx.pair.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
  const first = (last?.id ?? 0) + 1
  await tx.pair.createMany({
    data: rows.map((row, offset) => ({
      ...row,
      id: first + offset,
      standingLeftId: row.leftUserId,
      standingRightId: row.rightUserId,
    })),
  })
  return rows.map((_, offset) => first + offset)
}

/** The pairs that stand on a member, of whomever above. */
export async function standingPairsWith(tx: Tx, userId: number): Promise<PairRow[]> {
  const onLeft = await tx.pair.findMany({ where: { leftUserId: userId, standingLeftId: { not: null } } })
  const onRight = await tx.pair.findMany({ where: { rightUserId: userId, standingRightId: { not: null } } })
  return [...onLeft, ...onRight]
}

/** Pairs that stand no longer, because the member of one leg has stopped counting. Credited or not is still told by `processedAt`. */
export async function markReversed(
  tx: Tx,
  ids: readonly number[],
  { side, now }: { side: Side; now: Date },
): Promise<void> {
  if (ids.length === 0) return
  const data = { status: 'reversed', standingLeftId: null, standingRightId: null } as const
  await tx.pair.updateMany({ where: { id: { in: [...ids] } }, data: { ...data, reversedAt: now, reversedSide: side } })
}

export async function insertFlush(tx: Tx, flush: StoredFlush & { now: Date }): Promise<void> {
  const { userId, month, left, right, now } = flush
  const { id: flushId } = await tx.pairFlush.create({
    data: { userId, month, memberCount: left.length + right.length, createdAt: now },
    select: { id: true },
  })
  const members = (['left', 'right'] as const).flatMap((side) =>
    flush[side].map((memberSeq) => ({ flushId, side, memberSeq })),
  )
  await tx.pairFlushMember.createMany({ data: members })
}

/** Replaces what readers are told about these members' legs. */
export function saveLegs(tx: Tx, rows: readonly LegsRow[]): Promise<void> {
  return upsertRows(tx, 'legs', rows.map(legsColumns), { key: 'seq' })
}

function legsColumns(row: LegsRow) {
  return {
    seq: row.seq,
    left_team: row.leftTeam,
    right_team: row.rightTeam,
    left_qualified: row.leftQualified,
    right_qualified: row.rightQualified,
    left_consumed: row.leftConsumed,
    right_consumed: row.rightConsumed,
    pairs_matched: row.pairsMatched,
    pairs_month: row.pairsMonth,
    pairs_this_month: row.pairsThisMonth,
  }
}

/** Every member's counts in order of sequence, page by page. */
export async function* legsPages(reader: Reader): AsyncGenerator<LegsRow[]> {
  let after = 0
  for (;;) {
    const rows: LegsRow[] = await reader.legs.findMany({
      where: { seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: rowsAPage,
    })
    if (rows.length > 0) yield rows
    if (rows.length < rowsAPage) return
    after = rows.at(-1)!.seq
  }
}

const withMember = {
  user: { select: { id: true, username: true, firstName: true, lastName: true } },
  sponsor: { select: { userId: true } },
  legs: true,
} as const

export type NodeRow = Placement & {
  readonly user: { id: number; username: string; firstName: string; lastName: string }
  readonly sponsor: { userId: number } | null
  readonly legs: LegsRow | null
}

/** A member's own node, or null when the member has none. */
export function findNodeOf(reader: Reader | Tx, userId: number): Promise<NodeRow | null> {
  return reader.placement.findUnique({ where: { userId }, include: withMember })
}

/** A node by its placement number, or the refusal `network.node_not_found`. */
export async function getNode(reader: Reader | Tx, seq: number): Promise<NodeRow> {
  const row = await reader.placement.findUnique({ where: { seq }, include: withMember })
  if (!row) throw new DomainError('network.node_not_found')
  return row
}

/** The nodes directly below any of these, left before right. */
export function childrenOf(reader: Reader | Tx, parentSeqs: readonly number[]): Promise<NodeRow[]> {
  return reader.placement.findMany({
    where: { parentSeq: { in: [...parentSeqs] } },
    include: withMember,
    orderBy: [{ parentSeq: 'asc' }, { side: 'asc' }],
  })
}

/** The pair, or the refusal `pair.not_found`, also for somebody else's: `ownedBy` is what the caller may see, null for everyone's. */
export async function getPair(
  reader: Reader | Tx,
  id: number,
  { ownedBy }: { ownedBy: number | null },
): Promise<PairRow> {
  const row = await reader.pair.findUnique({ where: { id } })
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('pair.not_found')
  return row
}

export async function lockPair(tx: Tx, id: number): Promise<PairRow> {
  await lockRows(tx, 'pairs', [id])
  return getPair(tx, id, { ownedBy: null })
}

/** Pairs that are not credited yet though their time has come, oldest first. `dueBefore` says for each version of the plan up to when a pair must have been matched. */
export async function findPairsDue(
  reader: Reader,
  { dueBefore, after, limit }: { dueBefore: ReadonlyMap<number, Date>; after: number; limit: number },
): Promise<number[]> {
  const rows = await reader.pair.findMany({
    where: {
      id: { gt: after },
      status: 'matched',
      OR: [...dueBefore].map(([planVersion, before]) => ({ planVersion, matchedAt: { lt: before } })),
    },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

export async function markPairProcessed(tx: Tx, id: number, now: Date): Promise<void> {
  await tx.pair.update({ where: { id }, data: { status: 'processed', processedAt: now } })
}

export type PairFilter = { readonly userId: number; readonly month?: string | undefined }

function pairWhere({ userId, month }: PairFilter) {
  return { userId, ...(month && { month }) }
}

/** One page of a member's pairs by number, newest first, and how many there are in all. */
export async function listPairs(
  reader: Reader,
  filter: PairFilter,
  page: PageBounds,
): Promise<{ count: number; rows: PairRow[] }> {
  const where = pairWhere(filter)
  return pageOf({
    count: () => reader.pair.count({ where }),
    ids: () =>
      reader.pair.findMany({ where, orderBy: { id: 'desc' }, skip: page.skip, take: page.take, select: { id: true } }),
    rows: (ids) => reader.pair.findMany({ where: ids }),
  })
}

export function listPairsBefore(reader: Reader, filter: PairFilter, page: BeforeBounds): Promise<PairRow[]> {
  return reader.pair.findMany({
    where: { ...pairWhere(filter), ...beforeWhere(page) },
    orderBy: { id: 'desc' },
    take: page.take,
  })
}

/** How many pairs of a member stand. */
export function countPairs(reader: Reader, userId: number): Promise<number> {
  return reader.pair.count({ where: { userId, standingLeftId: { not: null } } })
}

/** Which of the pairs of its month a pair is, from 1. */
export function ordinalInMonth(
  reader: Reader,
  { userId, month, pairNumber }: Pick<PairRow, 'userId' | 'month' | 'pairNumber'>,
): Promise<number> {
  return reader.pair.count({ where: { userId, month, pairNumber: { lte: pairNumber } } })
}

/** A member's pairs from an ordinal on, oldest first: what a matching run has just made. */
export function pairsAfter(
  reader: Reader,
  { userId, pairNumber }: { userId: number; pairNumber: number },
): Promise<PairRow[]> {
  return reader.pair.findMany({
    where: { userId, pairNumber: { gt: pairNumber } },
    orderBy: { pairNumber: 'asc' },
    take: 100,
  })
}
