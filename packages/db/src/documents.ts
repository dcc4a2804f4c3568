import { DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { ComplianceDocument } from './generated/sqlite/client.ts'
import type { ComplianceDocumentCreateManyInput } from './generated/sqlite/models.ts'
import { type PapersUser, papersUser } from './kyc.ts'
import { type OwnerFilter, ownerWhere, type PageBounds } from './list-filters.ts'
import { lockRows } from './locks.ts'
import { pageOf } from './page-of.ts'

export type DocumentRow = ComplianceDocument & { readonly user: PapersUser }

/** The document, or the refusal `document.not_found`; `ownedBy` hides other members' ones. */
export async function get(
  reader: Reader | Tx,
  id: number,
  { ownedBy }: { ownedBy: number | null },
): Promise<DocumentRow> {
  const row = await reader.complianceDocument.findUnique({ where: { id }, include: papersUser })
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('document.not_found')
  return row
}

export async function lock(tx: Tx, id: number, { ownedBy }: { ownedBy: number | null }): Promise<DocumentRow> {
  await lockRows(tx, 'compliance_documents', [id])
  return get(tx, id, { ownedBy })
}

export type DocumentFilter = OwnerFilter & {
  readonly documentType?: string | undefined
  readonly isVerified?: boolean | undefined
}

/** One page by number, newest first unless asked otherwise, and how many there are in all. */
export async function list(
  reader: Reader,
  filter: DocumentFilter,
  page: PageBounds & { direction: 'asc' | 'desc' },
): Promise<{ count: number; rows: DocumentRow[] }> {
  const { documentType, isVerified } = filter
  const where = {
    ...ownerWhere(filter),
    ...(documentType !== undefined && { documentType }),
    ...(isVerified !== undefined && { isVerified }),
  }
  const { direction, skip, take } = page
  return pageOf({
    count: () => reader.complianceDocument.count({ where }),
    ids: () =>
      reader.complianceDocument.findMany({ where, orderBy: { id: direction }, skip, take, select: { id: true } }),
    rows: (ids) => reader.complianceDocument.findMany({ where: ids, include: papersUser }),
  })
}

export function countOfUser(reader: Reader | Tx, userId: number): Promise<number> {
  return reader.complianceDocument.count({ where: { userId } })
}

export function insert(tx: Tx, data: ComplianceDocumentCreateManyInput): Promise<DocumentRow> {
  return tx.complianceDocument.create({ data, include: papersUser })
}

export function update(tx: Tx, id: number, data: Partial<ComplianceDocumentCreateManyInput>): Promise<DocumentRow> {
  return tx.complianceDocument.update({ where: { id }, data, include: papersUser })
}

export async function remove(tx: Tx, id: number): Promise<void> {
  await tx.complianceDocument.delete({ where: { id } })
}
