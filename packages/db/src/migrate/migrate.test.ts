import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../client.ts'
import { sha256Hex } from '../codec.ts'
import { dropMysql, eachDatabase, newMysqlUrl, quietLog } from '../testing/index.ts'
import { migrate } from './migrate.ts'
import { migrationsFolder } from './migration-files.ts'

const clock = { now: () => new Date('2026-11-22T10:00:00.5Z') }

eachDatabase((provider) => {
  let folder: string
  let directory: string
  let url: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ev-test-'))
    directory = join(folder, 'migrations')
    url = provider === 'mysql' ? newMysqlUrl() : `file:${join(folder, 'new', 'test.db')}`
    put('001_first', 'CREATE TABLE one (id INTEGER PRIMARY KEY);')
    put('002_second', "INSERT INTO one VALUES (1);\nINSERT INTO one VALUES (2); -- 'two'\n")
  })
  afterEach(async () => {
    if (provider === 'mysql') await dropMysql(url)
    rmSync(folder, { recursive: true, force: true })
  })

  function put(name: string, sql: string): void {
    mkdirSync(join(directory, name), { recursive: true })
    writeFileSync(join(directory, name, 'migration.sql'), sql)
  }
  const run = () => migrate({ url, log: quietLog, clock, directory })

  async function query<T = Record<string, unknown>>(sql: string): Promise<T[]> {
    const database = await openDatabase({ url, log: quietLog, poolSize: 4 })
    try {
      return await database.read.$queryRawUnsafe<T[]>(sql)
    } finally {
      await database.close()
    }
  }

  async function execute(sql: string): Promise<void> {
    const database = await openDatabase({ url, log: quietLog, poolSize: 4 })
    await database.transaction((tx) => tx.$executeRawUnsafe(sql))
    await database.close()
  }

  test('creates the database, applies in order, and applies nothing twice', async () => {
    expect(await run()).toEqual({ applied: ['001_first', '002_second'] })
    expect(await run()).toEqual({ applied: [] })
    put('003_third', 'INSERT INTO one VALUES (3);')
    expect(await run()).toEqual({ applied: ['003_third'] })
    expect(await query('SELECT id FROM one ORDER BY id')).toHaveLength(3)
  })

  test('keeps the records as Prisma does', async () => {
    await run()
    const sql = readFileSync(join(directory, '001_first', 'migration.sql'), 'utf8')
    const [first] = await query(
      "SELECT id, checksum, migration_name, logs, rolled_back_at, applied_steps_count, started_at, finished_at FROM _prisma_migrations WHERE migration_name = '001_first'",
    )
    expect(first).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: sha256Hex(sql),
      logs: null,
      rolled_back_at: null,
      started_at: clock.now(),
      finished_at: clock.now(),
    })
    expect(Number(first?.['applied_steps_count'])).toBe(1)
  })

  test('several processes at once apply each migration once', async () => {
    const answers = await Promise.all([run(), run(), run(), run()])
    expect(answers.flatMap(({ applied }) => applied).sort()).toEqual(['001_first', '002_second'])
  })

  test('refuses when an applied migration was changed', async () => {
    await run()
    put('002_second', 'INSERT INTO one VALUES (7);')
    put('003_third', 'INSERT INTO one VALUES (3);')
    await expect(run()).rejects.toThrow('002_second was changed after it had been applied')
    expect(await query('SELECT id FROM one')).toHaveLength(2)
  })

  test('refuses when an applied migration is missing', async () => {
    await run()
    rmSync(join(directory, '001_first'), { recursive: true })
    await expect(run()).rejects.toThrow('001_first was applied, but its file is missing')
  })

  test('refuses a new migration that is older than an applied one', async () => {
    await run()
    put('001_late', 'INSERT INTO one VALUES (3);')
    await expect(run()).rejects.toThrow('001_late is older than 002_second')
  })

  test('refuses an unfinished migration, whoever left it, until it is marked', async () => {
    await run()
    await execute(
      "UPDATE _prisma_migrations SET finished_at = NULL, logs = 'out of disk' WHERE migration_name = '002_second'",
    )
    await expect(run()).rejects.toThrow('002_second was begun on this database and did not finish: out of disk')
    await execute('DELETE FROM one')
    await execute(
      "UPDATE _prisma_migrations SET rolled_back_at = '2026-11-22 10:00:00' WHERE migration_name = '002_second'",
    )
    expect(await run()).toEqual({ applied: ['002_second'] })
  })

  // SQLite takes a migration back that does not end.
  if (provider === 'mysql') {
    test('goes on with a migration whose process died, also when its last statement was not counted', async () => {
      await run()
      const sql =
        'CREATE TABLE two (id INTEGER PRIMARY KEY);\nINSERT INTO one VALUES (3);\nCREATE TABLE three (id INTEGER PRIMARY KEY);\nINSERT INTO one VALUES (4);'
      put('003_third', sql)
      const begun = (steps: number) =>
        execute(
          `INSERT INTO _prisma_migrations (id, checksum, migration_name, applied_steps_count) VALUES ('x', '${sha256Hex(sql)}', '003_third', ${steps})`,
        )
      await begun(0)
      await execute('CREATE TABLE two (id INTEGER PRIMARY KEY)')
      expect(await run()).toEqual({ applied: ['003_third'] })
      expect(await query('SELECT id FROM one')).toHaveLength(4)
      await execute("DELETE FROM _prisma_migrations WHERE id = 'x'")
      await execute('DELETE FROM one WHERE id = 4')
      await begun(2)
      expect(await run()).toEqual({ applied: ['003_third'] })
      expect(await query('SELECT id FROM one')).toHaveLength(4)
      expect(await run()).toEqual({ applied: [] })
    })
  }

  test('a migration that fails stops the others and says what was wrong', async () => {
    put('003_broken', 'CREATE TABLE two (id INTEGER PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);')
    put('004_fourth', 'INSERT INTO one VALUES (4);')
    await expect(run()).rejects.toThrow(/003_broken failed .*nowhere/s)
    if (provider === 'mysql') {
      await expect(run()).rejects.toThrow(/003_broken was begun .* did not finish/)
      expect(await query('SELECT id FROM one')).toHaveLength(2)
    } else {
      expect(await query("SELECT name FROM sqlite_master WHERE name IN ('one', 'two')")).toEqual([])
      put('003_broken', 'CREATE TABLE two (id INTEGER PRIMARY KEY);')
      expect((await run()).applied).toHaveLength(4)
    }
  })

  test('the platform’s own migrations bring an empty database up', async () => {
    const { applied } = await migrate({ url, log: quietLog, clock })
    expect(applied[0]).toBe('20261122000000_init')
    const lock = readFileSync(join(migrationsFolder(provider), 'migration_lock.toml'), 'utf8')
    expect(lock).toContain(`provider = "${provider}"`)
  })
})
