import type { Reader } from '../client.ts'
import { directTable } from '../direct/table.ts'
import type { User } from '../generated/sqlite/client.ts'
import { directOf } from '../tx.ts'
import { rowsAPage, seqPages } from './pages.ts'
import { placementTable } from './verified-tables.ts'

const memberFacts = directTable<Pick<User, 'referredById' | 'isActiveBuyer' | 'updatedAt'>>({
  referredById: 'int',
  isActiveBuyer: 'flag',
  updatedAt: 'instant',
})

const placementsWithMembers = `SELECT ${placementTable.columns('p')}, ${memberFacts.columns('u')}
  FROM placements p JOIN users u ON u.id = p.user_id WHERE p.seq > ? ORDER BY p.seq LIMIT ${rowsAPage}`

/** Places with what of their members decides about them, in order of sequence. */
export const readPlacements = (reader: Reader) => async (after: number) => {
  const rows = await directOf(reader).rows(placementsWithMembers, [after])
  return rows.map((row) => ({ ...placementTable.read(row), user: memberFacts.read(row, placementTable.width) }))
}

export const placementPages = (reader: Reader) => seqPages(readPlacements(reader))

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
