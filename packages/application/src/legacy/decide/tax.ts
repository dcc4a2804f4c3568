import type { LegacyRecord, takeOver } from '@ev/db'
import { financialYear, journal, openingKey, quarter } from '@ev/domain'
import type { Discrepancies } from '../discrepancies.ts'
import { greatest, idOf, instantOf, paiseOf, textOf, textOrNull } from '../values.ts'
import type { OpeningJournal } from './payments.ts'
import type { PayoutDraft } from './payouts.ts'

type TdsRow = takeOver.NewRows['tdsRecords']

/** A member's tax records by year, counted from the completed payouts, and the tax that is still to be paid for them. */
export function decideTax(
  records: readonly LegacyRecord[],
  {
    payouts,
    members,
    found,
    now,
  }: { payouts: readonly PayoutDraft[]; members: ReadonlySet<number>; found: Discrepancies; now: Date },
): { tdsRecords: TdsRow[]; journals: OpeningJournal[] } {
  const rows = new Map<string, Counted>()
  let nextId = 1 + greatest(records.map((record) => idOf(record)))
  for (const record of records) {
    const userId = idOf(record, 'user_id')
    if (!members.has(userId)) found.add('row.orphan', `tax record ${idOf(record)}`)
    const key = `${userId}:${yearOf(record)}`
    if (!members.has(userId) || rows.has(key)) continue
    rows.set(key, {
      ...emptyRecord({ id: idOf(record), userId, year: yearOf(record), now }),
      certificateNumber: textOrNull(record, 'certificate_number', 100),
      createdAt: instantOf(record, 'created_at', now),
    })
  }
  for (const { row } of payouts) {
    if (row.status !== 'completed') continue
    const year = financialYear(row.completedAt as Date)
    const key = `${row.userId}:${year}`
    if (!rows.has(key)) {
      found.add('tds.record_missing', `member ${row.userId} for ${year}`)
      rows.set(key, emptyRecord({ id: nextId++, userId: row.userId, year, now }))
    }
    addPayout(rows.get(key)!, row)
  }
  for (const record of records) reportRecord(record, rows.get(`${idOf(record, 'user_id')}:${yearOf(record)}`), found)
  const tdsRecords = [...rows.values()]
  return {
    tdsRecords,
    journals: tdsRecords.filter(({ tdsDeducted }) => tdsDeducted > 0n).map((row) => payable(row, now)),
  }
}

type Sums = Record<'totalPayout' | 'tdsDeducted' | `q${1 | 2 | 3 | 4}${'Payout' | 'Tds'}`, bigint>
type Counted = Omit<TdsRow, keyof Sums> & Sums & { id: number }

/** `2025-26`, however it was written: `2025-2026`, `2025/26`, `FY2025-26`. */
function yearOf(record: LegacyRecord): string {
  const first = /[0-9]{4}/.exec(textOf(record, 'financial_year', 10))?.[0] ?? '1970'
  return `${first}-${String((Number(first) + 1) % 100).padStart(2, '0')}`
}

function emptyRecord({ id, userId, year, now }: { id: number; userId: number; year: string; now: Date }): Counted {
  const quarters = {
    q1Payout: 0n,
    q1Tds: 0n,
    q2Payout: 0n,
    q2Tds: 0n,
    q3Payout: 0n,
    q3Tds: 0n,
    q4Payout: 0n,
    q4Tds: 0n,
  }
  return {
    id,
    userId,
    financialYear: year,
    totalPayout: 0n,
    tdsDeducted: 0n,
    ...quarters,
    createdAt: now,
    updatedAt: now,
  }
}

function addPayout(record: Counted, row: PayoutDraft['row']): void {
  const name = quarter(row.completedAt as Date).toLowerCase() as 'q1' | 'q2' | 'q3' | 'q4'
  const [requested, tds] = [BigInt(row.requestedAmount), BigInt(row.tdsAmount)]
  record.totalPayout += requested
  record.tdsDeducted += tds
  record[`${name}Payout`] += requested
  record[`${name}Tds`] += tds
}

function reportRecord(record: LegacyRecord, counted: Counted | undefined, found: Discrepancies): void {
  if (counted === undefined) return
  const subject = `tax record ${idOf(record)} of member ${counted.userId} for ${counted.financialYear}`
  const [paid, tds] = [paiseOf(record, 'total_payout'), paiseOf(record, 'tds_deducted')]
  if (paid !== counted.totalPayout)
    found.add('tds.record', subject, { amount: paid - counted.totalPayout, note: 'paid out' })
  if (tds !== counted.tdsDeducted) found.add('tds.record', subject, { amount: tds - counted.tdsDeducted, note: 'tax' })
}

function payable({ id, tdsDeducted }: Counted, now: Date): OpeningJournal {
  return {
    at: now,
    journal: journal({
      key: openingKey('tax', id),
      reference: { type: 'opening', id },
      postings: [{ from: { kind: 'opening' }, to: { kind: 'tds_payable' }, amount: tdsDeducted }],
      statement: [],
    }),
  }
}
