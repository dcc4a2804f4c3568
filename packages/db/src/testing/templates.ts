import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex } from '../codec.ts'
import { migrate } from '../migrate/migrate.ts'
import { migrationsFolder, readMigrations } from '../migrate/migration-files.ts'
import { type PlainConnection, withConnection } from '../mysql/single-connection.ts'
import type { Provider } from '../tx.ts'
import { quietLog } from './quiet-log.ts'

// Migrated databases that those of the tests are copied from: migrating takes several times as long.

const systemClock = { now: () => new Date() }
const identifier = (name: unknown) => `\`${String(name)}\``

/** A migrated SQLite file to copy: one for each state of the migrations, shared by all test processes. */
export async function sqliteTemplate(): Promise<string> {
  const template = join(tmpdir(), `ev-test-template-${stateOfMigrations('sqlite')}.db`)
  if (!existsSync(template)) {
    const folder = mkdtempSync(join(tmpdir(), 'ev-test-'))
    await migrate({ url: `file:${join(folder, 'new.db')}`, log: quietLog, clock: systemClock })
    renameSync(join(folder, 'new.db'), template)
    rmSync(folder, { recursive: true, force: true })
  }
  return template
}

/**
 * Makes the database of `url` as the migrations would, from a migrated one on the same server that is kept between runs: one for each state of
 * the migrations, `ev_test_template_…`. A third of the time that migrating takes.
 */
export async function copyMysqlTemplate(url: string): Promise<void> {
  const template = `ev_test_template_${stateOfMigrations('mysql')}`
  await migrate({ url: new URL(`/${template}`, url).href, log: quietLog, clock: systemClock })
  const copy = new URL(url).pathname.slice(1)
  await withConnection(
    url,
    async ({ query }) => {
      await query(`CREATE DATABASE ${identifier(copy)} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
      await query(`USE ${identifier(copy)}`)
      await query('SET SESSION foreign_key_checks = 0')
      for (const table of await tablesOf(query, template)) {
        const [definition] = await query(`SHOW CREATE TABLE ${identifier(template)}.${identifier(table)}`)
        await query(String(definition?.['Create Table']))
        await query(`INSERT INTO ${identifier(table)} SELECT * FROM ${identifier(template)}.${identifier(table)}`)
      }
      for (const trigger of await query(`SHOW TRIGGERS FROM ${identifier(template)}`)) {
        const { Trigger: name, Timing: timing, Event: event, Table: table, Statement: statement } = trigger
        const when = `${String(timing)} ${String(event)} ON ${identifier(table)}`
        await query(`CREATE TRIGGER ${identifier(name)} ${when} FOR EACH ROW ${String(statement)}`)
      }
    },
    { database: false },
  )
}

async function tablesOf(query: PlainConnection['query'], database: string): Promise<unknown[]> {
  const tables = await query(`SHOW FULL TABLES FROM ${identifier(database)} WHERE Table_type = 'BASE TABLE'`)
  return tables.map((row) => row[`Tables_in_${database}`])
}

/** Names the state that the migrations lead to. */
function stateOfMigrations(provider: Provider): string {
  const checksums = readMigrations(migrationsFolder(provider)).map(({ checksum }) => checksum)
  return sha256Hex(checksums.join()).slice(0, 16)
}
