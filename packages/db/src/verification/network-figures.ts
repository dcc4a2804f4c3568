import type { Reader } from '../client.ts'
import { rowsAPage } from './pages.ts'

/** Places with what of their members decides about them, in order of sequence. */
export const readPlacements = (reader: Reader) => (after: number) =>
  reader.placement.findMany({
    where: { seq: { gt: after } },
    orderBy: { seq: 'asc' },
    take: rowsAPage,
    include: { user: { select: { referredById: true, isActiveBuyer: true, updatedAt: true } } },
  })

export async function* placementPages(reader: Reader) {
  for (let after = 0; ; ) {
    const rows = await readPlacements(reader)(after)
    if (rows.length > 0) yield rows
    if (rows.length < rowsAPage) return
    after = rows.at(-1)!.seq
  }
}

/** Members with a referrer other than themselves and without a place who joined before an instant. */
export async function unplacedMembers(
  reader: Reader,
  { joinedBefore, after, limit }: { joinedBefore: Date; after: number; limit: number },
): Promise<number[]> {
  const rows = await reader.user.findMany({
    where: { id: { gt: after }, referredById: { not: null }, dateJoined: { lte: joinedBefore }, placement: null },
    select: { id: true, referredById: true },
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows.filter(({ id, referredById }) => referredById !== id).map(({ id }) => id)
}

/** What every flush says it took, and how many members it took from each leg. */
export async function flushes(
  reader: Reader,
): Promise<{ id: number; memberCount: number; left: number; right: number }[]> {
  const rows = await reader.pairFlush.findMany({ select: { id: true, memberCount: true }, orderBy: { id: 'asc' } })
  const counts = await reader.pairFlushMember.groupBy({ by: ['flushId', 'side'], _count: { id: true } })
  const taken = new Map(counts.map(({ flushId, side, _count }) => [`${flushId}:${side}`, _count.id]))
  return rows.map(({ id, memberCount }) => ({
    id,
    memberCount,
    left: taken.get(`${id}:left`) ?? 0,
    right: taken.get(`${id}:right`) ?? 0,
  }))
}
