import type { RecordedReads, SentStatement } from './recorded-reads.ts'

/** How one table was read by one statement that was run. */
export type TableRead = {
  readonly table: string
  /** `ALL` when every row was read in no order; otherwise how an index was used. */
  readonly access: string
  readonly index: string | null
  /** The index held all that was asked for; no row was fetched. */
  readonly isIndexOnly: boolean
  readonly rowsRead: number
  /** The rows were put in order, or aside in a temporary table, after they were read. */
  readonly isSorted: boolean
}

/** Runs the statement and answers how MariaDB read its tables: what was really read, not what was expected. */
export async function measureReads(reads: RecordedReads, { sql, args, argTypes }: SentStatement): Promise<TableRead[]> {
  const [[plan] = []] = await reads.ask({ sql: `ANALYZE FORMAT=JSON ${sql}`, args, argTypes })
  return tableReads(JSON.parse(String(plan)), { isSorted: false })
}

type Plan = { readonly [key: string]: unknown }

const isPlan = (value: unknown): value is Plan => typeof value === 'object' && value !== null

function tableReads(plan: unknown, { isSorted }: { isSorted: boolean }): TableRead[] {
  if (Array.isArray(plan)) return plan.flatMap((one) => tableReads(one, { isSorted }))
  if (!isPlan(plan)) return []
  return Object.entries(plan).flatMap(([key, value]) => {
    // A query within a query puts its own rows in order.
    const isOrdered = key !== 'query_block' && (isSorted || key === 'filesort' || key === 'temporary_table')
    const inside = tableReads(value, { isSorted: isOrdered })
    return key === 'table' && isStored(value) ? [readOf(value, isSorted), ...inside] : inside
  })
}

/** A table of the database. What a query within this one has found is read whole, and was judged where it was found. */
function isStored(table: unknown): table is Plan {
  return isPlan(table) && 'access_type' in table && !String(table['table_name']).startsWith('<derived')
}

function readOf(table: Plan, isSorted: boolean): TableRead {
  return {
    table: String(table['table_name']),
    access: String(table['access_type']),
    index: typeof table['key'] === 'string' ? table['key'] : null,
    isIndexOnly: table['using_index'] === true,
    rowsRead: Math.round(Number(table['r_rows'] ?? 0) * Number(table['r_loops'] ?? 0)),
    isSorted,
  }
}

/** The steps of SQLite's plan, one line each: `SEARCH bookings USING INDEX …`. */
export async function sqliteSteps(reads: RecordedReads, { sql, args, argTypes }: SentStatement): Promise<string[]> {
  const rows = await reads.ask({ sql: `EXPLAIN QUERY PLAN ${sql}`, args, argTypes })
  return rows.map((row) => String(row.at(-1)))
}

/** Whether the server is MariaDB, which alone tells how many rows a statement really read. */
export async function isMariaDb(reads: RecordedReads): Promise<boolean> {
  const [[version] = []] = await reads.ask({ sql: 'SELECT VERSION()', args: [], argTypes: [] })
  return String(version).includes('MariaDB')
}
