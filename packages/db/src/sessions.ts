import type { Reader, Tx } from './client.ts'
import { directTable } from './direct/table.ts'
import type { Session, User } from './generated/sqlite/client.ts'
import type { SessionCreateManyInput } from './generated/sqlite/models.ts'
import type { PageBounds } from './list-filters.ts'
import { directOf } from './tx.ts'

export type { Session }

export function insert(tx: Tx, data: SessionCreateManyInput): Promise<Session> {
  return tx.session.create({ data })
}

export function find(reader: Reader | Tx, id: number): Promise<Session | null> {
  return reader.session.findUnique({ where: { id } })
}

/** A session that still holds, with its member; null when it was ended, has run out, or never was. */
export async function findLive(
  reader: Reader | Tx,
  { id, now }: { id: number; now: Date },
): Promise<{ session: Session; user: User } | null> {
  const found = await reader.session.findUnique({ where: { id }, include: { user: true } })
  if (!found || found.revokedAt !== null || found.expiresAt <= now) return null
  const { user, ...session } = found
  return { session, user }
}

const sessionPart = directTable<Pick<Session, 'userId' | 'expiresAt' | 'revokedAt'>>({
  userId: 'int',
  expiresAt: 'instant',
  revokedAt: 'instant',
})
const accountPart = directTable<Pick<User, 'role' | 'isSuperuser' | 'isActive'>>({
  role: 'text',
  isSuperuser: 'flag',
  isActive: 'flag',
})
const accountOfSession = `SELECT ${sessionPart.columns('s')}, ${accountPart.columns('u')}
  FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?`

/** Whose session this is and what the account may do now; null when it was ended, has run out, or never was. Every request asks this. */
export async function findAccount(
  reader: Reader,
  { id, now }: { id: number; now: Date },
): Promise<(Pick<User, 'role' | 'isSuperuser' | 'isActive'> & { userId: number }) | null> {
  const [found] = await directOf(reader).rows(accountOfSession, [id])
  if (found === undefined) return null
  const { userId, expiresAt, revokedAt } = sessionPart.read(found)
  if (revokedAt !== null || expiresAt <= now) return null
  return { userId, ...accountPart.read(found, sessionPart.width) }
}

/** Which of these sessions still hold, each with its member's role now; those of deactivated members do not. */
export async function findLiveAmong(
  reader: Reader,
  { ids, now }: { ids: readonly number[]; now: Date },
): Promise<{ id: number; role: User['role'] }[]> {
  const rows = await reader.session.findMany({
    where: { id: { in: [...ids] }, revokedAt: null, expiresAt: { gt: now }, user: { isActive: true } },
    select: { id: true, user: { select: { role: true } } },
  })
  return rows.map(({ id, user }) => ({ id, role: user.role }))
}

/**
 * Replaces the refresh token of a session in one conditional update: of any number of simultaneous callers with the same token
 * exactly one gets `true`.
 */
export async function rotate(
  tx: Tx,
  { id, from, to, now, expiresAt }: { id: number; from: string; to: string; now: Date; expiresAt: Date },
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { id, tokenId: from, revokedAt: null },
    data: { tokenId: to, previousTokenId: from, rotatedAt: now, lastUsedAt: now, expiresAt },
  })
  return count === 1
}

/** Ends a session; ending it again changes nothing. */
export async function revoke(tx: Tx, { id, now, reason }: { id: number; now: Date; reason: string }): Promise<void> {
  await tx.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now, revokedReason: reason } })
}

/** Ends a member's own session; answers whether there was one that held. */
export async function revokeOwn(
  tx: Tx,
  { id, userId, now, reason }: { id: number; userId: number; now: Date; reason: string },
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { id, userId, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now, revokedReason: reason },
  })
  return count === 1
}

/** Ends every session of a member, but for `exceptId`. */
export async function revokeAll(
  tx: Tx,
  { userId, exceptId, now, reason }: { userId: number; exceptId?: number; now: Date; reason: string },
): Promise<void> {
  await tx.session.updateMany({
    where: { userId, revokedAt: null, ...(exceptId !== undefined && { id: { not: exceptId } }) },
    data: { revokedAt: now, revokedReason: reason },
  })
}

/** One page of a member's sessions that hold, newest first, and how many there are. */
export async function listLive(
  reader: Reader,
  { userId, now }: { userId: number; now: Date },
  page: PageBounds,
): Promise<{ count: number; rows: Session[] }> {
  const where = { userId, revokedAt: null, expiresAt: { gt: now } }
  const [count, rows] = await Promise.all([
    reader.session.count({ where }),
    reader.session.findMany({ where, orderBy: { id: 'desc' }, skip: page.skip, take: page.take }),
  ])
  return { count, rows }
}

/** Removes sessions that ran out before `before`; at most `limit` of them. */
export async function removeExpired(tx: Tx, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const old = await tx.session.findMany({ where: { expiresAt: { lt: before } }, select: { id: true }, take: limit })
  if (old.length === 0) return 0
  const { count } = await tx.session.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })
  return count
}
