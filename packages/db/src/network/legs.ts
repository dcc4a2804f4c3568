import { legsTable } from '../direct/tables.ts'
import { type RowWriter, upsertRows } from '../direct/write-rows.ts'
import type { Legs } from '../generated/sqlite/client.ts'
import type { Reader, Tx } from '../tx.ts'
import { directPages } from './pages.ts'

export type LegsRow = Legs

const legsWriter: RowWriter<LegsRow> = {
  table: 'legs',
  columns: {
    seq: ({ seq }) => seq,
    left_team: ({ leftTeam }) => leftTeam,
    right_team: ({ rightTeam }) => rightTeam,
    left_qualified: ({ leftQualified }) => leftQualified,
    right_qualified: ({ rightQualified }) => rightQualified,
    left_consumed: ({ leftConsumed }) => leftConsumed,
    right_consumed: ({ rightConsumed }) => rightConsumed,
    pairs_matched: ({ pairsMatched }) => pairsMatched,
    pairs_month: ({ pairsMonth }) => pairsMonth,
    pairs_this_month: ({ pairsThisMonth }) => pairsThisMonth,
  },
}

/** Replaces what readers are told about these members' legs. */
export function saveLegs(tx: Tx, rows: readonly LegsRow[]): Promise<void> {
  return upsertRows(tx, legsWriter, rows, { key: 'seq' })
}

/** Every member's counts in order of sequence, page by page. */
export function legsPages(reader: Reader | Tx): AsyncGenerator<LegsRow[]> {
  return directPages(reader, { columns: legsTable.columns('legs'), table: 'legs', key: 'seq' }, (row) =>
    legsTable.read(row),
  )
}
