import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSchemaEngine } from '../../scripts/schema-engine.mjs'
import { quietLog } from '../testing/index.ts'
import { migrate } from './migrate.ts'
import { migrationsFolder, readMigrations } from './migration-files.ts'

// Prisma's own engine looks at a database that this package migrated. It speaks SQLite only without its binary.
const noFilters = { externalTables: [], externalEnums: [] }
const schemaFile = new URL('../../generated/schema.sqlite.prisma', import.meta.url)
const schema = { path: schemaFile.pathname, content: readFileSync(schemaFile, 'utf8') }

let folder: string
let engine: Awaited<ReturnType<typeof openSchemaEngine>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ev-test-'))
  const file = join(folder, 'test.db')
  await migrate({ url: `file:${file}`, log: quietLog, clock: { now: () => new Date('2026-11-22T10:00:00Z') } })
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: file }))
  engine = await openSchemaEngine({ schema, adapter })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function migrationsList() {
  const migrationDirectories = readMigrations(migrationsFolder('sqlite')).map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  }))
  const content = readFileSync(join(migrationsFolder('sqlite'), 'migration_lock.toml'), 'utf8')
  return {
    baseDir: migrationsFolder('sqlite'),
    lockfile: { path: 'migration_lock.toml', content },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}

test('`migrate status` finds nothing to do and nothing wrong', async () => {
  const found = await engine.diagnoseMigrationHistory({
    migrationsList: migrationsList(),
    optInToShadowDatabase: true,
    filters: noFilters,
  })
  expect(found).toEqual({
    hasMigrationsTable: true,
    editedMigrationNames: [],
    failedMigrationNames: [],
    history: null,
  })
})

test('`migrate deploy` applies nothing', async () => {
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: migrationsList(),
    filters: noFilters,
  })
  expect(appliedMigrationNames).toEqual([])
})

test('`db push` would change nothing', async () => {
  const pushed = await engine.schemaPush({ force: false, schema: { files: [schema] }, filters: noFilters })
  expect(pushed).toMatchObject({ executedSteps: 0, unexecutable: [], warnings: [] })
})
