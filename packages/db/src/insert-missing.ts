import { Prisma } from './generated/sqlite/client.ts'
import { providerOf, type Tx } from './tx.ts'

/**
 * Inserts rows of plain values, passing over those whose unique key `key` exists already. Written by hand because
 * Prisma's `skipDuplicates` does not exist on SQLite, and because INSERT IGNORE would hide other mistakes on MySQL.
 * Column names come from the code, never from outside.
 */
export async function insertMissing(
  tx: Tx,
  table: 'message_deliveries' | 'leases' | 'network_head',
  rows: readonly Readonly<Record<string, string | number | Date | null>>[],
  { key }: { key: readonly [string, ...string[]] },
): Promise<void> {
  const first = rows[0]
  if (first === undefined) return
  const columns = Object.keys(first)
  const values = rows.map((row) => Prisma.sql`(${Prisma.join(columns.map((column) => row[column] ?? null))})`)
  const names = Prisma.raw(columns.join(', '))
  const conflict =
    providerOf(tx) === 'mysql'
      ? Prisma.raw(`ON DUPLICATE KEY UPDATE ${key[0]} = ${table}.${key[0]}`)
      : Prisma.raw(`ON CONFLICT (${key.join(', ')}) DO NOTHING`)
  await tx.$executeRaw`INSERT INTO ${Prisma.raw(table)} (${names}) VALUES ${Prisma.join(values)} ${conflict}`
}
