import Connection from 'better-sqlite3'
import { insertTables } from './large/insert-rows.ts'
import type { Cell, NewRow } from './large/rows.ts'
import { repeatedRows, type StoredRow, sharedRow } from './repeated/repeated-rows.ts'
import { readDataModel, type TableModel, tablesOfSchema } from './schema-model.ts'

/** Tables that say what holds for the whole platform: they stand there once. */
const shared = ['plans', 'settings', 'network_head']

/**
 * Tables that no verifier looks at: what was told and is still to be told, who logged in, chains that cannot be copied, and what the database
 * itself writes beside another table.
 */
const leftOut = [
  ...['sessions', 'notifications', 'audit_log', 'audit_head', 'outbox_messages', 'message_deliveries'],
  ...['idempotency_records', 'provider_events', 'leases', 'legacy_rows', 'vehicle_revisions'],
]

export type RepeatedLedger = {
  /** How often the story stands in the database. */
  readonly copies: number
  readonly journalLines: number
}

/**
 * Fills a migrated, empty database with copies of a story that the platform itself wrote into the SQLite file `source`, until there are at least
 * `journalLines` lines in the journal. Each copy has members, a tree, bookings and money of its own, so that the whole is as consistent as the
 * story was: verifiers find in it what they find in the story. The same story and size give the same rows. Refuses a story without a journal.
 */
export async function fillRepeatedLedger(
  url: string,
  {
    source,
    journalLines,
    onTable = () => {},
  }: { source: string; journalLines: number; onTable?: (table: string, count: number) => void },
): Promise<RepeatedLedger> {
  const story = new Connection(source, { readonly: true })
  try {
    const ofStory = Number(story.prepare('SELECT COUNT(*) FROM journal_lines').pluck().get())
    if (ofStory === 0) throw new Error('The story to be repeated has no journal.')
    const copies = Math.ceil(journalLines / ofStory)
    const tables = tablesOfSchema(readDataModel(), 'mysql').filter(({ name }) => !leftOut.includes(name))
    await insertTables(
      url,
      tables.map((table) => ({ table: table.name, rows: rowsOf(table, story, copies) })),
      onTable,
    )
    return { copies, journalLines: copies * ofStory }
  } finally {
    story.close()
  }
}

function* rowsOf(table: TableModel, story: Connection.Database, copies: number): Generator<NewRow> {
  const { name, primaryKey, columns } = table
  const order = primaryKey.map((column) => `\`${column}\``).join()
  const rows = story.prepare(`SELECT * FROM ${name} ORDER BY ${order}`).all() as StoredRow[]
  const instants = columns.filter(({ type }) => type.startsWith('datetime')).map((column) => column.name)
  if (shared.includes(name)) {
    yield* rows.map(sharedRow(table, copies)).map((row) => toCells(row, instants))
    return
  }
  const repeat = repeatedRows(table, copies)
  for (const row of rows) for (let copy = 0; copy < copies; copy += 1) yield toCells(repeat(row, copy), instants)
}

function toCells(row: StoredRow, instants: readonly string[]): NewRow {
  const cells: Record<string, Cell> = { ...row }
  for (const column of instants) {
    const at = row[column]
    if (typeof at === 'string') cells[column] = new Date(at)
  }
  return cells
}
