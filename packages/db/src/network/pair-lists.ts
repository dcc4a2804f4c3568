import { DomainError } from '@ev/domain'
import { type BeforeBounds, beforeWhere, type PageBounds } from '../list-filters.ts'
import { lockRows } from '../locks.ts'
import { pageOf } from '../page-of.ts'
import type { Reader, Tx } from '../tx.ts'
import type { PairRow } from './pairs.ts'

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

/** `ownedBy` is whose pairs the caller may see, null for everyone's. */
export type PairFilter = {
  readonly ownedBy: number | null
  readonly userId?: number | undefined
  readonly month?: string | undefined
}

function pairWhere({ ownedBy, userId, month }: PairFilter) {
  return {
    ...(month !== undefined && { month }),
    AND: [ownedBy === null ? {} : { userId: ownedBy }, userId === undefined ? {} : { userId }],
  }
}

/** Newest first. The pairs of one earner are numbered in the order of their ids, and an index holds them by these numbers. */
const newestFirst = ({ ownedBy, userId }: PairFilter) =>
  ownedBy === null && userId === undefined ? ({ id: 'desc' } as const) : ({ pairNumber: 'desc' } as const)

/** One page of pairs by number, newest first, and how many there are in all. */
export async function listPairs(
  reader: Reader,
  filter: PairFilter,
  page: PageBounds,
): Promise<{ count: number; rows: PairRow[] }> {
  const where = pairWhere(filter)
  const orderBy = newestFirst(filter)
  return pageOf({
    count: () => reader.pair.count({ where }),
    ids: () => reader.pair.findMany({ where, orderBy, skip: page.skip, take: page.take, select: { id: true } }),
    rows: (ids) => reader.pair.findMany({ where: ids }),
  })
}

export function listPairsBefore(reader: Reader, filter: PairFilter, page: BeforeBounds): Promise<PairRow[]> {
  return reader.pair.findMany({
    where: { ...pairWhere(filter), ...beforeWhere(page) },
    orderBy: newestFirst(filter),
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
