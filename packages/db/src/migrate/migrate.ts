import { sqliteFile } from '../database-url.ts'
import type { Log } from '../log.ts'
import { createDatabaseIfMissing, migrateMysql } from './migrate-mysql.ts'
import { migrateSqlite } from './migrate-sqlite.ts'
import { migrationsFolder, readMigrations } from './migration-files.ts'

export type MigrateOptions = {
  /** `file:/absolute/path.db` or `mysql://…`. */
  url: string
  log: Log
  clock: { now(): Date }
  /** A folder of migrations in Prisma's layout, where not this repository's own. */
  directory?: string
}

/**
 * Brings a database to the newest migration, creating it when it is missing. Keeps Prisma's `_prisma_migrations` table, so
 * that Prisma's own `migrate deploy` and `status` agree. Safe to run from several processes at once. Throws
 * `MigrationRefused`, having changed nothing, when an applied migration is missing, changed or unfinished.
 */
export async function migrate({ url, log, clock, directory }: MigrateOptions): Promise<{ applied: string[] }> {
  const now = () => clock.now()
  if (url.startsWith('mysql://')) {
    await createDatabaseIfMissing(url)
    const applied = await migrateMysql(url, { files: readMigrations(directory ?? migrationsFolder('mysql')), now, log })
    return { applied }
  }
  return {
    applied: migrateSqlite(sqliteFile(url), { files: readMigrations(directory ?? migrationsFolder('sqlite')), now }),
  }
}
