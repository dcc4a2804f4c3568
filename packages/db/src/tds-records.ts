import { DomainError, type Quarter } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { TdsRecord } from './generated/sqlite/client.ts'
import { type OwnerFilter, ownerWhere, type PageBounds } from './list-filters.ts'
import { lockRows } from './locks.ts'
import { pageOf } from './page-of.ts'

export type TdsRecordRow = TdsRecord

const columns = {
  Q1: { payout: 'q1Payout', tds: 'q1Tds' },
  Q2: { payout: 'q2Payout', tds: 'q2Tds' },
  Q3: { payout: 'q3Payout', tds: 'q3Tds' },
  Q4: { payout: 'q4Payout', tds: 'q4Tds' },
} as const satisfies Record<Quarter, { payout: keyof TdsRecord; tds: keyof TdsRecord }>

export function find(
  reader: Reader | Tx,
  { userId, financialYear }: { userId: number; financialYear: string },
): Promise<TdsRecord | null> {
  return reader.tdsRecord.findUnique({ where: { userId_financialYear: { userId, financialYear } } })
}

/** Locks a record; refuses with `tds.not_found`, for other members' ones too when `ownedBy` names one. */
export async function lock(tx: Tx, id: number, { ownedBy }: { ownedBy: number | null }): Promise<TdsRecord> {
  await lockRows(tx, 'tds_records', [id])
  const row = await tx.tdsRecord.findUnique({ where: { id } })
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('tds.not_found')
  return row
}

export function setCertificate(
  tx: Tx,
  id: number,
  { certificateNumber, now }: { certificateNumber: string; now: Date },
): Promise<TdsRecord> {
  return tx.tdsRecord.update({ where: { id }, data: { certificateNumber, updatedAt: now } })
}

/** Adds one completed payout to the member's year and quarter. The caller holds the member's wallet lock, so that the row is made once. */
export async function add(
  tx: Tx,
  entry: { userId: number; financialYear: string; quarter: Quarter; requested: bigint; tds: bigint; now: Date },
): Promise<void> {
  const { userId, financialYear, requested, tds, now } = entry
  const { payout: payoutColumn, tds: tdsColumn } = columns[entry.quarter]
  const existing = await find(tx, { userId, financialYear })
  if (existing) {
    await tx.tdsRecord.update({
      where: { id: existing.id },
      data: {
        totalPayout: { increment: requested },
        tdsDeducted: { increment: tds },
        [payoutColumn]: { increment: requested },
        [tdsColumn]: { increment: tds },
        updatedAt: now,
      },
    })
    return
  }
  await tx.tdsRecord.create({
    data: {
      userId,
      financialYear,
      totalPayout: requested,
      tdsDeducted: tds,
      [payoutColumn]: requested,
      [tdsColumn]: tds,
      createdAt: now,
      updatedAt: now,
    },
  })
}

export async function list(
  reader: Reader,
  filter: OwnerFilter & { readonly financialYear?: string | undefined },
  page: PageBounds,
): Promise<{ count: number; rows: TdsRecord[] }> {
  const where = {
    ...ownerWhere(filter),
    ...(filter.financialYear && { financialYear: filter.financialYear }),
  }
  return pageOf({
    count: () => reader.tdsRecord.count({ where }),
    ids: () =>
      reader.tdsRecord.findMany({
        where,
        orderBy: { id: 'desc' },
        skip: page.skip,
        take: page.take,
        select: { id: true },
      }),
    rows: (ids) => reader.tdsRecord.findMany({ where: ids }),
  })
}
