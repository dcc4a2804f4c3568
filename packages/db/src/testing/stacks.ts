import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, test } from 'vitest'
import { type Database, type OpenDatabaseOptions, openDatabase } from '../client.ts'
import { withConnection } from '../mysql/single-connection.ts'
import type { Provider } from '../tx.ts'
import { quietLog } from './quiet-log.ts'
import { isReachable } from './reachable.ts'
import { copyMysqlTemplate, sqliteTemplate } from './templates.ts'

export type TestDatabase = {
  database: Database
  /** For a second `openDatabase` on the same data. */
  url: string
}

export type MakeDatabase = (options?: Partial<OpenDatabaseOptions>) => Promise<TestDatabase>

const mysqlServer = process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306'
const testPoolSize = 8

/**
 * Declares a suite for every database that can be had: SQLite always, MySQL or MariaDB when the server at TEST_MYSQL_URL
 * (root at 127.0.0.1:3306 unless set) answers. When it does not, that suite is skipped and says so, or fails where
 * REQUIRE_SERVICES=1. Every `makeDatabase()` gives a migrated database of its own, closed and removed after the suite.
 */
export function eachDatabase(declare: (name: Provider, makeDatabase: MakeDatabase) => void): void {
  declareSuite('sqlite', makeSqlite, declare)
  const { hostname } = new URL(mysqlServer)
  if (isMysqlReachable()) {
    declareSuite('mysql', makeMysql, declare)
  } else if (process.env['REQUIRE_SERVICES'] === '1') {
    test('mysql is reachable', () => {
      throw new Error(`No server answers at ${hostname}, and REQUIRE_SERVICES=1.`)
    })
  } else {
    console.log(`mysql: skipped, no server answers at ${hostname}`)
    describe.skip('mysql', () => declare('mysql', makeMysql))
  }
}

/** Whether a MySQL or MariaDB for tests answers. */
export function isMysqlReachable(): boolean {
  const { hostname, port } = new URL(mysqlServer)
  return isReachable({ host: hostname, port: Number(port || 3306) })
}

type Made = TestDatabase & { remove(): Promise<void> }

function declareSuite(
  name: Provider,
  make: (options?: Partial<OpenDatabaseOptions>) => Promise<Made>,
  declare: (name: Provider, makeDatabase: MakeDatabase) => void,
): void {
  describe(name, () => {
    const made: Made[] = []
    afterAll(async () => {
      for (const one of made) await one.remove()
    })
    declare(name, async (options) => {
      const one = await make(options)
      made.push(one)
      return one
    })
  })
}

async function makeSqlite(options: Partial<OpenDatabaseOptions> = {}): Promise<Made> {
  const folder = mkdtempSync(join(tmpdir(), 'ev-test-'))
  const file = join(folder, 'test.db')
  copyFileSync(await sqliteTemplate(), file)
  const url = `file:${file}`
  const database = await openDatabase({ url, log: quietLog, ...options })
  return {
    database,
    url,
    async remove() {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function makeMysql(options: Partial<OpenDatabaseOptions> = {}): Promise<Made> {
  const url = newMysqlUrl()
  await copyMysqlTemplate(url)
  const database = await openDatabase({ url, log: quietLog, poolSize: testPoolSize, ...options })
  return {
    database,
    url,
    async remove() {
      await database.close()
      await dropMysql(url)
    },
  }
}

/** The URL of a database on the test server that does not exist yet. */
export function newMysqlUrl(name: string = randomBytes(6).toString('hex')): string {
  return new URL(`/ev_test_${name}`, mysqlServer).href
}

/** Removes a database that a test made. */
export async function dropMysql(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  if (!name.startsWith('ev_test_')) throw new Error(`${name} is not a test's database.`)
  await withConnection(url, ({ query }) => query(`DROP DATABASE IF EXISTS \`${name}\``), { database: false })
}
