import type { Reader, Tx } from './client.ts'
import { fingerprintOf } from './codec.ts'
import type { AuditLog } from './generated/sqlite/client.ts'
import {
  type BeforeBounds,
  byAge,
  type CreatedFilter,
  createdWhere,
  olderWhere,
  type PageBounds,
} from './list-filters.ts'
import { lockRows } from './locks.ts'
import { pageOf } from './page-of.ts'

export type AuditRow = AuditLog

/** Plain values only, and never a secret: what stands here stays for ever. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>

export type NewAuditLine = {
  /** Who did it; null for the platform itself and for callers who are not known. */
  readonly actorId: number | null
  /** Noun and past participle, `kyc.approved`. */
  readonly action: string
  readonly subject: { readonly type: string; readonly id: number | string }
  readonly details: AuditDetails
  readonly ipAddress: string | null
  readonly requestId: string | null
  readonly createdAt: Date
}

const headId = 1

/** What a chain begins with. */
export const firstHash = '0'.repeat(64)

/**
 * Adds a line to the audit log. Each line's hash covers the line and the hash of the one before, so a line that is changed or taken
 * away later breaks the chain. The head is the last lock that a transaction takes: write the line at its end.
 */
export async function append(tx: Tx, line: NewAuditLine): Promise<void> {
  await lockRows(tx, 'audit_head', [headId])
  const { hash: previousHash } = await tx.auditHead.findUniqueOrThrow({ where: { id: headId } })
  const row = {
    actorId: line.actorId,
    action: line.action,
    subjectType: line.subject.type,
    subjectId: String(line.subject.id),
    details: line.details,
    ipAddress: line.ipAddress,
    requestId: line.requestId,
    createdAt: line.createdAt,
  }
  const hash = hashOf(previousHash, row)
  await tx.auditLog.create({ data: { ...row, previousHash, hash } })
  await tx.auditHead.update({ where: { id: headId }, data: { hash } })
}

type Hashed = Omit<AuditRow, 'id' | 'previousHash' | 'hash'>

/** SHA-256 of a line together with the hash before it, hex. */
export function hashOf(previousHash: string, row: Hashed): string {
  const { actorId, action, subjectType, subjectId, details, ipAddress, requestId, createdAt } = row
  const line = { actorId, action, subjectType, subjectId, details, ipAddress, requestId, createdAt }
  return fingerprintOf({ previousHash, ...line })
}

/** The hash of the newest line, as whoever wrote it left it. */
export async function headHash(reader: Reader): Promise<string> {
  const { hash } = await reader.auditHead.findUniqueOrThrow({ where: { id: headId } })
  return hash
}

/** Whether a line still is what its hash says. */
export function isIntact(row: AuditRow): boolean {
  return row.hash === hashOf(row.previousHash, row)
}

/** The hash that the line after the id `id` must follow; that of an empty log before the first. */
export async function hashAt(reader: Reader, id: number): Promise<string> {
  const row = await reader.auditLog.findFirst({
    where: { id: { lte: id } },
    orderBy: { id: 'desc' },
    select: { hash: true },
  })
  return row?.hash ?? firstHash
}

/** The lines after the id `after`, oldest first. */
export function listAfter(reader: Reader, { after, take }: { after: number; take: number }): Promise<AuditRow[]> {
  return reader.auditLog.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take })
}

export type AuditFilter = CreatedFilter & {
  readonly actorId?: number | undefined
  readonly action?: string | undefined
  readonly subjectType?: string | undefined
  readonly subjectId?: string | undefined
}

function whereOf(filter: AuditFilter) {
  const { actorId, action, subjectType, subjectId } = filter
  return {
    ...createdWhere(filter),
    ...(actorId !== undefined && { actorId }),
    ...(action !== undefined && { action }),
    ...(subjectType !== undefined && { subjectType }),
    ...(subjectId !== undefined && { subjectId }),
  }
}

/** One page by number, newest first, and how many lines there are in all. */
export async function list(
  reader: Reader,
  filter: AuditFilter,
  page: PageBounds,
): Promise<{ count: number; rows: AuditRow[] }> {
  const where = whereOf(filter)
  return pageOf({
    count: () => reader.auditLog.count({ where }),
    ids: () =>
      reader.auditLog.findMany({
        where,
        orderBy: byAge(filter, 'desc'),
        skip: page.skip,
        take: page.take,
        select: { id: true },
      }),
    rows: (ids) => reader.auditLog.findMany({ where: ids }),
  })
}

/** The lines older than `before` (an id), newest first. */
export async function listBefore(reader: Reader, filter: AuditFilter, page: BeforeBounds): Promise<AuditRow[]> {
  const older = await olderWhere(filter, page, (id) =>
    reader.auditLog.findUnique({ where: { id }, select: { createdAt: true } }),
  )
  return reader.auditLog.findMany({
    where: { AND: [whereOf(filter), older] },
    orderBy: byAge(filter, 'desc'),
    take: page.take,
  })
}

/** Of each subject the newest line that tells of one of these actions, by the subject's id. */
export async function newestOf(
  reader: Reader,
  {
    subjectType,
    subjectIds,
    actions,
  }: { subjectType: string; subjectIds: readonly string[]; actions: readonly string[] },
): Promise<Map<string, AuditRow>> {
  const rows = await reader.auditLog.findMany({
    where: { subjectType, subjectId: { in: [...subjectIds] }, action: { in: [...actions] } },
    orderBy: { id: 'asc' },
  })
  return new Map(rows.map((row) => [row.subjectId, row]))
}

const pageSize = 1_000

/** Every line from the first on, in pages. */
export async function* pages(reader: Reader): AsyncGenerator<AuditRow[]> {
  for (let after = 0; ; ) {
    const rows = await reader.auditLog.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: pageSize,
    })
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) return
    after = rows.at(-1)!.id
  }
}
