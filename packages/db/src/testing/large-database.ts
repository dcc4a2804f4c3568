import { databaseName } from '../mysql/connection-options.ts'
import { withConnection } from '../mysql/single-connection.ts'
import { bookTables } from './large/books.ts'
import { insertTables } from './large/insert-rows.ts'
import { memberTables } from './large/members.ts'
import { moneyOutTables } from './large/money-out.ts'
import { networkTables } from './large/network.ts'
import { officeTables } from './large/office.ts'
import { countsOf } from './large/rows.ts'
import type { LargeSize } from './large/size.ts'
import { tradeTables } from './large/trade.ts'

export { emailOf } from './large/members.ts'
export { fullSize, type LargeSize, smallSize } from './large/size.ts'

const seed = 20_261_122

/**
 * Fills a migrated, empty database with the rows of a large business: a few members with very long lists (the first ones), most with
 * few rows, every status. The rows meet every rule of the tables, but their money is not balanced: they are there to be listed. The same
 * size gives the same rows.
 */
export async function fillLargeDatabase(
  url: string,
  size: LargeSize,
  { onTable = () => {} }: { onTable?: (table: string, count: number) => void } = {},
): Promise<void> {
  const counts = countsOf(size)
  const tables = [
    ...memberTables(counts, seed),
    ...tradeTables(counts, seed + 10),
    ...bookTables(counts, seed + 20),
    ...networkTables(counts, seed + 30),
    ...moneyOutTables(counts, seed + 40),
    ...officeTables(counts, seed + 50),
  ]
  await insertTables(url, tables, onTable)
}

/** Removes a database that was made to be measured; any other is refused. */
export async function removeLargeDatabase(url: string): Promise<void> {
  const name = databaseName(url)
  if (!name.startsWith('ev_bench_')) throw new Error(`${name} is not a database to be measured.`)
  await withConnection(url, ({ query }) => query(`DROP DATABASE IF EXISTS \`${name}\``), { database: false })
}
