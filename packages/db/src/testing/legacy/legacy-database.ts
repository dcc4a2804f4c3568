import { readFileSync } from 'node:fs'
import { createDatabaseIfMissing } from '../../migrate/migrate-mysql.ts'
import { splitStatements } from '../../migrate/split-statements.ts'
import { withConnection } from '../../mysql/single-connection.ts'
import { dropMysql, newMysqlUrl } from '../stacks.ts'

const sql = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

export type LegacyDatabase = {
  readonly url: string
  run(statements: string): Promise<void>
  remove(): Promise<void>
}

/** A database of the replaced platform, in the columns that Django made there, with a story that has every known fault, or empty. */
export async function makeLegacyDatabase({ story }: { story: boolean }): Promise<LegacyDatabase> {
  const url = newMysqlUrl()
  await createDatabaseIfMissing(url)
  const run = (statements: string) =>
    withConnection(url, async ({ query }) => {
      for (const statement of splitStatements(statements)) await query(statement)
    })
  await run(sql('schema.sql'))
  if (story) await run(sql('story.sql'))
  return { url, run, remove: () => dropMysql(url) }
}
