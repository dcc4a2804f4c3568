import { DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Nominee } from './generated/sqlite/client.ts'
import type { NomineeCreateManyInput } from './generated/sqlite/models.ts'
import { type PapersFilter, type PapersOrder, type PapersUser, papersOrder, papersUser, papersWhere } from './kyc.ts'
import type { PageBounds } from './list-filters.ts'
import { lockRows } from './locks.ts'
import { pageOf } from './page-of.ts'

export type NomineeRow = Nominee & { readonly user: PapersUser }

/** A member's nominee, or null. */
export function findOfUser(reader: Reader | Tx, userId: number): Promise<NomineeRow | null> {
  return reader.nominee.findUnique({ where: { userId }, include: papersUser })
}

/** The nominee, or the refusal `nominee.not_found`; `ownedBy` hides other members' ones. */
export async function get(
  reader: Reader | Tx,
  id: number,
  { ownedBy }: { ownedBy: number | null },
): Promise<NomineeRow> {
  const row = await reader.nominee.findUnique({ where: { id }, include: papersUser })
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('nominee.not_found')
  return row
}

/** Locks the row for a review; refuses with `nominee.not_found`. */
export async function lock(tx: Tx, id: number): Promise<NomineeRow> {
  await lockRows(tx, 'nominees', [id])
  return get(tx, id, { ownedBy: null })
}

/** One page by number, and how many there are in all. */
export async function list(
  reader: Reader,
  filter: PapersFilter,
  page: PageBounds & { orderBy: PapersOrder },
): Promise<{ count: number; rows: NomineeRow[] }> {
  const where = papersWhere(filter)
  const { orderBy, skip, take } = page
  return pageOf({
    count: () => reader.nominee.count({ where }),
    ids: () => reader.nominee.findMany({ where, orderBy: papersOrder(orderBy), skip, take, select: { id: true } }),
    rows: (ids) => reader.nominee.findMany({ where: ids, include: papersUser }),
  })
}

/** Writes a member's nominee, the first one or the one that takes its place. */
export function save(tx: Tx, data: NomineeCreateManyInput): Promise<NomineeRow> {
  const { createdAt: _, ...update } = data
  return tx.nominee.upsert({ where: { userId: data.userId }, create: data, update, include: papersUser })
}

export function update(tx: Tx, id: number, data: Partial<NomineeCreateManyInput>): Promise<NomineeRow> {
  return tx.nominee.update({ where: { id }, data, include: papersUser })
}
