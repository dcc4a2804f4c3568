import { type LegacyRecord, type LegacySource, withLegacySource } from '@ev/db'
import type { Progress } from '../verification/findings.ts'
import type { Discrepancies } from './discrepancies.ts'
import { type LegacyTable, leftBehind, mapping } from './mapping.ts'

/** Everything that the mapping names, as it stood at one moment. */
export type Legacy = Readonly<Record<LegacyTable, readonly LegacyRecord[]>>

const rowsAPage = 5_000
const tables = Object.keys(mapping) as LegacyTable[]

/** Tables of Django itself, which a report need not name one by one. */
const isFramework = (table: string) => /^(auth|django|authtoken|token_blacklist)_/.test(table)

/** Reads the replaced platform whole, and says what of it is not in the mapping or missing. */
export function readLegacy(
  url: string,
  { found, progress }: { found: Discrepancies; progress: Progress },
): Promise<Legacy> {
  return withLegacySource(url, async (source) => {
    const there = await source.columns()
    for (const table of there.keys()) {
      if (table in mapping || table in leftBehind || isFramework(table)) continue
      found.add('table.ignored', table)
    }
    const legacy: Partial<Record<LegacyTable, LegacyRecord[]>> = {}
    for (const table of tables) {
      progress(`reading ${table}`)
      const columns = there.get(table)
      if (!columns) found.add('table.missing', table)
      legacy[table] = columns ? await readTable(source, found, { table, columns }) : []
    }
    return legacy as Legacy
  })
}

async function readTable(
  source: LegacySource,
  found: Discrepancies,
  { table, columns }: { table: LegacyTable; columns: readonly string[] },
): Promise<LegacyRecord[]> {
  const named: Readonly<Record<string, string>> = mapping[table]
  for (const column of columns) if (!(column in named)) found.add('column.ignored', `${table}.${column}`)
  for (const column of Object.keys(named)) {
    // Deployments that never closed an account have no such column.
    if (!columns.includes(column) && column !== 'is_active') found.add('column.missing', `${table}.${column}`)
  }
  const read = columns.filter((column) => column in named)
  const rows: LegacyRecord[] = []
  for (let after = '0'; ; after = rows.at(-1)!['id']!) {
    const page = await source.page(table, read, { after, limit: rowsAPage })
    rows.push(...page)
    if (page.length < rowsAPage) return rows
  }
}
