import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Connection from 'better-sqlite3'
import type { MigrationFile } from './migration-files.ts'
import { type MigrationRecord, pendingMigrations } from './pending-migrations.ts'

const createRecords = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

/** How long to wait for another process that migrates or writes. */
const busyTimeoutMs = 60_000

/**
 * Applies what is pending in one exclusive transaction: all of it or, when a statement fails, nothing, so that an SQLite
 * database is never left half migrated. Returns the names of what was applied.
 */
export function migrateSqlite(file: string, options: { files: readonly MigrationFile[]; now: () => Date }): string[] {
  mkdirSync(dirname(file), { recursive: true })
  const connection = new Connection(file, { timeout: busyTimeoutMs })
  try {
    connection.pragma('journal_mode = WAL')
    // Tables that refer to one another are redefined in steps; the check before the commit makes up for it.
    connection.pragma('foreign_keys = OFF')
    return connection.transaction(() => applyPending(connection, options)).exclusive()
  } finally {
    connection.close()
  }
}

function applyPending(
  connection: Connection.Database,
  { files, now }: { files: readonly MigrationFile[]; now: () => Date },
): string[] {
  connection.exec(createRecords)
  const pending = pendingMigrations(files, readRecords(connection))
  for (const migration of pending) {
    const startedAt = now()
    try {
      connection.exec(migration.sql)
    } catch (error) {
      throw new Error(`The migration ${migration.name} failed and was taken back: ${messageOf(error)}`, {
        cause: error,
      })
    }
    connection
      .prepare(
        'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)',
      )
      .run(randomUUID(), migration.checksum, migration.name, startedAt.getTime(), now().getTime())
  }
  const orphans = connection.pragma('foreign_key_check') as unknown[]
  if (orphans.length > 0) throw new Error(`After migrating, ${orphans.length} rows refer to rows that do not exist.`)
  return pending.map(({ name }) => name)
}

function readRecords(connection: Connection.Database): MigrationRecord[] {
  const rows = connection
    .prepare<[], { name: string; checksum: string; finished: number; rolledBack: number; logs: string | null }>(
      'SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS rolledBack, logs FROM _prisma_migrations',
    )
    .all()
  return rows.map(({ name, checksum, finished, rolledBack, logs }) => ({
    name,
    checksum,
    isFinished: finished === 1,
    isRolledBack: rolledBack === 1,
    logs,
  }))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
