import { DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import { inList } from './direct/direct.ts'
import { userTable } from './direct/tables.ts'
import { updateRow } from './direct/write-row.ts'
import type { User } from './generated/sqlite/client.ts'
import type { UserCreateManyInput } from './generated/sqlite/models.ts'
import { beginsWith, type PageBounds } from './list-filters.ts'
import { lockingRead, lockRows } from './locks.ts'
import { pageOf } from './page-of.ts'
import { directOf } from './tx.ts'

export type { User }

export type Identifier = { readonly email: string } | { readonly mobile: string }

export async function find(reader: Reader | Tx, id: number): Promise<User | null> {
  const [row] = await directOf(reader).rows(userById, [id])
  return row === undefined ? null : userTable.read(row)
}

/** The member, or the refusal `user.not_found`. */
export async function get(reader: Reader | Tx, id: number): Promise<User> {
  const user = await find(reader, id)
  if (!user) throw new DomainError('user.not_found')
  return user
}

export async function findMany(reader: Reader | Tx, ids: readonly number[]): Promise<User[]> {
  const [first, ...others] = new Set(ids)
  if (first === undefined) return []
  const wanted = inList([first, ...others])
  const sql = `SELECT ${userTable.columns('users')} FROM users WHERE id IN (${wanted.marks})`
  return (await directOf(reader).rows(sql, wanted.values)).map((row) => userTable.read(row))
}

export function findByIdentifier(reader: Reader | Tx, identifier: Identifier): Promise<User | null> {
  return reader.user.findUnique({ where: identifier })
}

export function findByReferralCode(reader: Reader | Tx, referralCode: string): Promise<User | null> {
  return reader.user.findUnique({ where: { referralCode } })
}

/** Members whose e-mail address or mobile number begins so, at most `limit` by each; a mobile number with or without its country. */
export async function idsByContact(reader: Reader, start: string, { limit }: { limit: number }): Promise<number[]> {
  const page = { select: { id: true }, take: limit } as const
  const mobile = start.startsWith('+') ? start : `+91${start}`
  const [byEmail, byMobile] = await Promise.all([
    reader.user.findMany({ where: { email: beginsWith(start.toLowerCase()) }, orderBy: { email: 'asc' }, ...page }),
    reader.user.findMany({ where: { mobile: beginsWith(mobile) }, orderBy: { mobile: 'asc' }, ...page }),
  ])
  return [...new Set([...byEmail, ...byMobile].map(({ id }) => id))]
}

/** How far a member's papers are: the state of the identity check (null without one), and whether there is a nominee. */
export async function papers(
  reader: Reader,
  id: number,
): Promise<{ kycStatus: 'pending' | 'approved' | 'rejected' | null; hasNominee: boolean }> {
  const [kyc, nominees] = await Promise.all([
    reader.kyc.findUnique({ where: { userId: id }, select: { status: true } }),
    reader.nominee.count({ where: { userId: id } }),
  ])
  return { kycStatus: kyc?.status ?? null, hasNominee: nominees > 0 }
}

/** A directly referred member; `volume` is what stands paid on the member's bookings that are neither cancelled nor expired. */
export type Referral = { readonly user: User; readonly isPlaced: boolean; readonly volume: bigint }

/** One page of the members whom someone referred, newest first, and how many there are in all. */
export async function listReferrals(
  reader: Reader,
  referrerId: number,
  page: PageBounds,
): Promise<{ count: number; rows: Referral[] }> {
  const where = { referredById: referrerId }
  const { count, rows } = await pageOf({
    count: () => reader.user.count({ where }),
    ids: () => reader.user.findMany({ where, orderBy: { id: 'desc' }, select: { id: true }, ...page }),
    rows: (ids) => reader.user.findMany({ where: ids, include: { placement: { select: { seq: true } } } }),
  })
  const paid = await reader.booking.groupBy({
    by: ['userId'],
    where: { userId: { in: rows.map(({ id }) => id) }, status: { notIn: ['cancelled', 'expired'] } },
    _sum: { totalPaid: true },
  })
  const volumes = new Map(paid.map(({ userId, _sum }) => [userId, _sum.totalPaid ?? 0n]))
  return {
    count,
    rows: rows.map(({ placement, ...user }) => ({
      user,
      isPlaced: placement !== null,
      volume: volumes.get(user.id) ?? 0n,
    })),
  }
}

/** Locks the member's row: whoever changes what is counted over all of a member's bookings takes this lock first. */
export async function lock(tx: Tx, id: number): Promise<User> {
  const [found] = await directOf(tx).rows(`${userById}${lockingRead(tx)}`, [id])
  if (found === undefined) throw new DomainError('user.not_found')
  return userTable.read(found)
}

const userById = `SELECT ${userTable.columns('users')} FROM users WHERE id = ?`

/** Locks several members' rows, in ascending order of id. */
export async function lockMany(tx: Tx, ids: readonly number[]): Promise<void> {
  await lockRows(tx, 'users', ids)
}

/**
 * Locks an account together with every active superuser, in the order of their ids: two who close each other's accounts meet. Answers the account
 * and how many other superusers there are.
 */
export async function lockWithSuperusers(tx: Tx, id: number): Promise<{ account: User; otherSuperusers: number }> {
  const where = { isSuperuser: true, isActive: true, id: { not: id } }
  const superusers = await tx.user.findMany({ where, select: { id: true } })
  await lockRows(tx, 'users', [id, ...superusers.map((user) => user.id)])
  return { account: await get(tx, id), otherSuperusers: await tx.user.count({ where }) }
}

export function insert(tx: Tx, data: UserCreateManyInput): Promise<User> {
  return tx.user.create({ data })
}

/** What a sale changes of a member. The caller holds the member's row. */
export function saveStanding(
  tx: Tx,
  id: number,
  standing: { readonly isDistributor?: true; readonly isActiveBuyer?: boolean; readonly updatedAt: Date },
): Promise<void> {
  return updateRow(tx, 'users', id, standing)
}

export function update(tx: Tx, id: number, data: Partial<UserCreateManyInput>): Promise<User> {
  return tx.user.update({ where: { id }, data })
}
