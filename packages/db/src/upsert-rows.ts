import { Prisma } from './generated/sqlite/client.ts'
import { providerOf, type Tx } from './tx.ts'

const rowsAStatement = 200

/**
 * Inserts rows of plain values and overwrites those whose unique key `key` exists already, 200 rows to a statement. Written by
 * hand because Prisma's `upsert` sends a statement a row. All rows have the columns of the first; column names come from the
 * code, never from outside.
 */
export async function upsertRows(
  tx: Tx,
  table: 'legs',
  rows: readonly Readonly<Record<string, string | number>>[],
  { key }: { key: string },
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const names = Prisma.raw(columns.join(', '))
  const overwrite = Prisma.raw(
    overwriteClause(
      tx,
      key,
      columns.filter((column) => column !== key),
    ),
  )
  for (let start = 0; start < rows.length; start += rowsAStatement) {
    const page = rows.slice(start, start + rowsAStatement)
    const values = page.map((row) => Prisma.sql`(${Prisma.join(columns.map((column) => row[column]))})`)
    await tx.$executeRaw`INSERT INTO ${Prisma.raw(table)} (${names}) VALUES ${Prisma.join(values)} ${overwrite}`
  }
}

// VALUES(…) is the one way to name the new value that MySQL and MariaDB both read.
function overwriteClause(tx: Tx, key: string, columns: readonly string[]): string {
  return providerOf(tx) === 'mysql'
    ? `ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`
    : `ON CONFLICT (${key}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`
}
