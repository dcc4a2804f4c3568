import type { Database } from '@ev/db'

/** Every column of every row as text, table by table. */
export async function dumpOfTables({ provider, read }: Pick<Database, 'provider' | 'read'>): Promise<string> {
  const tables = await read.$queryRawUnsafe<{ name: string }[]>(
    provider === 'mysql'
      ? 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()'
      : "SELECT name FROM sqlite_master WHERE type = 'table'",
  )
  const rows: string[] = []
  for (const { name } of tables) {
    const content = await read.$queryRawUnsafe<object[]>(`SELECT * FROM \`${name}\``)
    rows.push(JSON.stringify(content, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
  }
  return rows.join('\n')
}
