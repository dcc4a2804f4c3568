import { randomUUID } from 'node:crypto'
import type { Log } from '../log.ts'
import { databaseName } from '../mysql/connection-options.ts'
import { type PlainConnection, withConnection } from '../mysql/single-connection.ts'
import type { MigrationFile } from './migration-files.ts'
import { type MigrationRecord, pendingMigrations } from './pending-migrations.ts'
import { splitStatements } from './split-statements.ts'

const createRecords = `
CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             DATETIME(3),
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          DATETIME(3),
    started_at              DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    applied_steps_count     INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`

/** How long to wait for another process that migrates the same database. */
const lockWaitSeconds = 120

/** Creates the database that the URL names, in utf8mb4, unless it is there. */
export async function createDatabaseIfMissing(url: string): Promise<void> {
  const sql = `CREATE DATABASE IF NOT EXISTS \`${databaseName(url)}\` DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`
  await withConnection(url, ({ query }) => query(sql), { database: false })
}

/**
 * Applies what is pending, under a lock that processes migrating the same database share. MySQL commits every DDL statement, so a
 * migration that ends in the middle stays half done. One that was interrupted goes on where it was; one that failed is recorded with its
 * error, and nothing runs until someone repaired it. Returns the names of what was applied.
 */
export function migrateMysql(
  url: string,
  options: { files: readonly MigrationFile[]; now: () => Date; log: Log },
): Promise<string[]> {
  return withConnection(url, async (connection) => {
    const lock = `ev_migrate_${databaseName(url)}`.slice(0, 64)
    const [answer] = await connection.query('SELECT GET_LOCK(?, ?) AS taken', [lock, lockWaitSeconds])
    if (Number(answer?.['taken']) !== 1)
      throw new Error('Another process has been migrating this database for too long.')
    try {
      return await applyPending(connection, options)
    } finally {
      await connection.query('SELECT RELEASE_LOCK(?)', [lock])
    }
  })
}

async function applyPending(
  connection: PlainConnection,
  { files, now, log }: { files: readonly MigrationFile[]; now: () => Date; log: Log },
): Promise<string[]> {
  await connection.query(createRecords)
  const resumed = await finishInterrupted(connection, { files, now, log })
  const pending = pendingMigrations(files, await readRecords(connection))
  for (const migration of pending) {
    log.info({ migration: migration.name }, 'applying a migration')
    const id = randomUUID()
    await connection.query(
      'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES (?, ?, ?, ?)',
      [id, migration.checksum, migration.name, utcText(now())],
    )
    await applyFrom(connection, { migration, id, step: 0, isResumed: false, now })
  }
  return [...resumed, ...pending.map(({ name }) => name)]
}

/** Goes on with migrations whose process died: they are begun, not finished, without an error, and their file is still the same. */
async function finishInterrupted(
  connection: PlainConnection,
  { files, now, log }: { files: readonly MigrationFile[]; now: () => Date; log: Log },
): Promise<string[]> {
  const rows = await connection.query(
    'SELECT id, migration_name, checksum, applied_steps_count FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL AND logs IS NULL',
  )
  const finished: string[] = []
  for (const row of rows) {
    const migration = files.find(({ name, checksum }) => name === row['migration_name'] && checksum === row['checksum'])
    if (migration === undefined) continue
    const step = Number(row['applied_steps_count'])
    log.warn({ migration: migration.name, step }, 'going on with a migration that was interrupted')
    await applyFrom(connection, { migration, id: String(row['id']), step, isResumed: true, now })
    finished.push(migration.name)
  }
  return finished
}

/**
 * Runs the statements of a migration from `step` on, counting each. Statements that change rows are counted in their own transaction. One that changes
 * tables may have been done by the process that died before it could count it, so the first one of a resumed migration may find its work done.
 */
async function applyFrom(
  connection: PlainConnection,
  {
    migration,
    id,
    step: first,
    isResumed,
    now,
  }: { migration: MigrationFile; id: string; step: number; isResumed: boolean; now: () => Date },
): Promise<void> {
  const statements = splitStatements(migration.sql)
  for (const [step, statement] of statements.entries()) {
    if (step < first) continue
    try {
      await connection.query('START TRANSACTION')
      await connection.query(statement).catch((error: unknown) => {
        if (!isResumed || step > first || !saysItIsDone(error)) throw error
      })
      await connection.query('UPDATE _prisma_migrations SET applied_steps_count = ? WHERE id = ?', [step + 1, id])
      await connection.query('COMMIT')
    } catch (error) {
      await connection.query('ROLLBACK')
      const message = `${error instanceof Error ? error.message : String(error)}\n${statement}`.slice(0, 10_000)
      await connection.query('UPDATE _prisma_migrations SET logs = ? WHERE id = ?', [message, id])
      throw new Error(`The migration ${migration.name} failed half way: ${message}`, { cause: error })
    }
  }
  await connection.query('UPDATE _prisma_migrations SET finished_at = ?, applied_steps_count = 1 WHERE id = ?', [
    utcText(now()),
    id,
  ])
}

// There already: a table, a column, an index, a trigger, a constraint; gone already: a table, a column or index.
const doneCodes = new Set([1050, 1051, 1060, 1061, 1359, 1826, 1091])

/** Whether a statement that changes tables failed because its change is there. A doubled foreign key is told as error 121 of the storage engine. */
function saysItIsDone(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return doneCodes.has(Number(Reflect.get(error, 'errno'))) || /errno: 121\b/.test(error.message)
}

async function readRecords(connection: PlainConnection): Promise<MigrationRecord[]> {
  const rows = await connection.query(
    'SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS rolled_back, logs FROM _prisma_migrations',
  )
  return rows.map((row) => ({
    name: String(row['migration_name']),
    checksum: String(row['checksum']),
    isFinished: Number(row['finished']) === 1,
    isRolledBack: Number(row['rolled_back']) === 1,
    logs: row['logs'] === null ? null : String(row['logs']),
  }))
}

// The driver writes a Date in the time zone of this process; columns hold UTC.
function utcText(instant: Date): string {
  return instant.toISOString().replace('T', ' ').replace('Z', '')
}
