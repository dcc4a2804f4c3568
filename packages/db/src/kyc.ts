import { DomainError, type ReviewStatus } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Kyc, User } from './generated/sqlite/client.ts'
import type { KycCreateManyInput } from './generated/sqlite/models.ts'
import { type OwnerFilter, ownerWhere, type PageBounds } from './list-filters.ts'
import { lockRows } from './locks.ts'
import { pageOf } from './page-of.ts'
import { isUniqueViolation } from './transient-errors.ts'

/** The member as a reviewer sees whose papers they are. */
export type PapersUser = Pick<User, 'email' | 'mobile' | 'firstName' | 'lastName' | 'createdById'>

export type KycRow = Kyc & { readonly user: PapersUser }

export const papersUser = {
  user: { select: { email: true, mobile: true, firstName: true, lastName: true, createdById: true } },
} as const

/** Whether a member's identity was approved, and whether the approved papers hold a PAN. */
export async function standing(reader: Reader | Tx, userId: number): Promise<{ isApproved: boolean; hasPan: boolean }> {
  const row = await reader.kyc.findUnique({ where: { userId }, select: { status: true, panHash: true } })
  const isApproved = row?.status === 'approved'
  return { isApproved, hasPan: isApproved && row?.panHash != null }
}

/** A member's identity check, or null before the first submission. */
export function findOfUser(reader: Reader | Tx, userId: number): Promise<KycRow | null> {
  return reader.kyc.findUnique({ where: { userId }, include: papersUser })
}

/** The identity check, or the refusal `kyc.not_found`; `ownedBy` hides other members' ones. */
export async function get(reader: Reader | Tx, id: number, { ownedBy }: { ownedBy: number | null }): Promise<KycRow> {
  const row = await reader.kyc.findUnique({ where: { id }, include: papersUser })
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('kyc.not_found')
  return row
}

/** Locks the row for a review; refuses with `kyc.not_found`. */
export async function lock(tx: Tx, id: number): Promise<KycRow> {
  await lockRows(tx, 'kyc', [id])
  return get(tx, id, { ownedBy: null })
}

export type PapersFilter = OwnerFilter & { readonly status?: ReviewStatus | undefined }
export type PapersOrder = { readonly field: 'id' | 'submitted_at'; readonly direction: 'asc' | 'desc' }

export function papersWhere(filter: PapersFilter) {
  return { ...ownerWhere(filter), ...(filter.status && { status: filter.status }) }
}

export function papersOrder({ field, direction }: PapersOrder) {
  return field === 'id' ? [{ id: direction }] : [{ submittedAt: direction }, { id: direction }]
}

/** One page by number, and how many there are in all. */
export async function list(
  reader: Reader,
  filter: PapersFilter,
  page: PageBounds & { orderBy: PapersOrder },
): Promise<{ count: number; rows: KycRow[] }> {
  const where = papersWhere(filter)
  const { orderBy, skip, take } = page
  return pageOf({
    count: () => reader.kyc.count({ where }),
    ids: () => reader.kyc.findMany({ where, orderBy: papersOrder(orderBy), skip, take, select: { id: true } }),
    rows: (ids) => reader.kyc.findMany({ where: ids, include: papersUser }),
  })
}

/** Keyed hashes of the numbers that no two members share. */
export type NumberHashes = Pick<Kyc, 'panHash' | 'aadhaarHash' | 'accountNumberHash'>

/** Which of these numbers another member has submitted, or null. */
export async function takenNumber(
  reader: Reader | Tx,
  userId: number,
  hashes: NumberHashes,
): Promise<keyof NumberHashes | null> {
  const columns = ['panHash', 'aadhaarHash', 'accountNumberHash'] as const
  for (const column of columns) {
    const hash = hashes[column]
    if (hash === null) continue
    const holder = await reader.kyc.findFirst({ where: { [column]: hash }, select: { userId: true } })
    if (holder && holder.userId !== userId) return column
  }
  return null
}

/**
 * Writes a member's submission, the first or a later one. Refuses with `kyc.number_taken` when another member submitted one of its numbers at
 * the same moment: only the unique keys can say so.
 */
export async function save(tx: Tx, data: KycCreateManyInput): Promise<KycRow> {
  const { userId } = data
  try {
    return await tx.kyc.upsert({ where: { userId }, create: data, update: data, include: papersUser })
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('kyc.number_taken')
    throw error
  }
}

export function update(tx: Tx, id: number, data: Partial<KycCreateManyInput>): Promise<KycRow> {
  return tx.kyc.update({ where: { id }, data, include: papersUser })
}

const pansAtOnce = 500

/** The encrypted PANs of those of these members whose papers were approved. */
export async function approvedPans(
  reader: Reader | Tx,
  userIds: readonly number[],
): Promise<{ userId: number; panEncrypted: string }[]> {
  const found: { userId: number; panEncrypted: string }[] = []
  for (let at = 0; at < userIds.length; at += pansAtOnce) {
    const rows = await reader.kyc.findMany({
      where: { userId: { in: userIds.slice(at, at + pansAtOnce) }, status: 'approved', panEncrypted: { not: null } },
      select: { userId: true, panEncrypted: true },
    })
    for (const { userId, panEncrypted } of rows) found.push({ userId, panEncrypted: panEncrypted! })
  }
  return found
}
