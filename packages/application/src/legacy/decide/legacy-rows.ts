import type { LegacyRecord, takeOver } from '@ev/db'
import type { LegacyTable } from '../mapping.ts'
import type { Legacy } from '../read-legacy.ts'
import { idOf, idOrNull } from '../values.ts'
import { presentOrNull } from './papers.ts'

/** Tables that are kept as they were: statements, and what is made anew from other rows. */
const keptWhole = ['wallet_transactions', 'binary_earnings', 'payout_transactions', 'tds_records'] as const

/** What may have been left out of the other tables, with what came of it. Papers are not among them: their numbers stand in the clear there. */
export type TakenIds = Readonly<Partial<Record<LegacyTable, ReadonlySet<number>>>>

/** Old rows that stay readable: the tables that are kept whole, and the rows of others that had no place here or lost a value. */
export function keptRows(
  legacy: Legacy,
  { members, taken }: { members: ReadonlySet<number>; taken: TakenIds },
): takeOver.NewRows['legacyRows'][] {
  const rows = keptWhole.flatMap((table) => legacy[table].map((row) => keptRow(table, row, members)))
  for (const [table, ids] of Object.entries(taken) as [LegacyTable, ReadonlySet<number>][]) {
    for (const row of legacy[table]) if (!ids.has(idOf(row))) rows.push(keptRow(table, row, members))
  }
  for (const row of legacy.bookings) {
    if (row['payment_gateway_ref'] && taken.bookings?.has(idOf(row))) rows.push(keptRow('bookings', row, members))
  }
  return rows
}

function keptRow(table: LegacyTable, row: LegacyRecord, members: ReadonlySet<number>): takeOver.NewRows['legacyRows'] {
  const { account_number: account, ...data } = row
  // Numbers of accounts are not kept in the clear, here as everywhere.
  const shown = account == null ? data : { ...data, account_number: `…${account.slice(-4)}` }
  return {
    tableName: table,
    legacyId: idOf(row),
    userId: presentOrNull(members, idOrNull(row, 'user_id')),
    data: shown,
  }
}
