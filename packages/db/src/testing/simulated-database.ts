import { type Database, databaseOver, type OpenDatabaseOptions } from '../client.ts'
import type { Engine } from '../engine.ts'
import { openSqlite } from '../sqlite/open.ts'

/** What a simulation is told of a database while it works. Whatever is called here may throw, as if the process had died there. */
export type DatabaseWatch = {
  /** Before a transaction begins, before each statement, and before a commit. */
  before(statement: string): void
  /** A transaction was committed; whoever waits for its answer has not heard of it. */
  committed(): void
}

/**
 * The platform's database on an SQLite file that is thrown away: it does not wait for the disk, and a simulation watches every statement. All
 * else is the code that runs in production.
 */
export async function openSimulatedDatabase({
  file,
  watch,
  ...options
}: { file: string; watch: DatabaseWatch } & Pick<OpenDatabaseOptions, 'log' | 'random' | 'sleep'>): Promise<Database> {
  const engine = await openSqlite(file, { isDurable: false, onStatement: (sql) => watch.before(sql) })
  return databaseOver(watched(engine, watch), options)
}

function watched(engine: Engine, watch: DatabaseWatch): Engine {
  return {
    ...engine,
    async begin(work, options) {
      watch.before('BEGIN')
      const value = await engine.begin(async (client, direct) => {
        const done = await work(client, direct)
        watch.before('COMMIT')
        return done
      }, options)
      watch.committed()
      return value
    },
  }
}
