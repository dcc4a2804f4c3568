// Development: prints the SQL that brings a SQLite database from the applied migrations' state to the schema. Pass
// `--from-empty` for the first migration; otherwise pass the database file that has the migrations applied.
//
//   node packages/db/scripts/print-sqlite-ddl.mjs --from-empty
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { openSchemaEngine } from './schema-engine.mjs'
import { appendOnlyTables, checks } from './table-rules.mjs'

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..')
const schemaFile = join(packageFolder, 'generated/schema.sqlite.prisma')
const content = readFileSync(schemaFile, 'utf8')
const database = process.argv[2]
if (database === undefined) throw new Error('Say --from-empty, or name the migrated database file.')

const engine = await openSchemaEngine({
  schema: { path: schemaFile, content },
  adapter: bindMigrationAwareSqlAdapterFactory(
    new PrismaBetterSqlite3({ url: database === '--from-empty' ? ':memory:' : database }),
  ),
})
const result = await engine.diff({
  from: database === '--from-empty' ? { tag: 'empty' } : { tag: 'url', url: `file:${database}` },
  to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] },
  script: true,
  shadowDatabaseUrl: null,
  exitCode: null,
  filters: { externalTables: ['_prisma_migrations'], externalEnums: [] },
})
process.stdout.write(database === '--from-empty' ? withTableRules(result.stdout) : result.stdout)

// SQLite takes CHECK constraints only within CREATE TABLE. A later migration that redefines a table must repeat its own.
function withTableRules(ddl) {
  const tables = groupByTable(checks)
  let text = ddl
  for (const [table, rules] of tables) {
    const lines = rules.map(({ name, condition }) => `,\n    CONSTRAINT "${name}" CHECK (${condition})`).join('')
    const changed = text.replace(new RegExp(`(CREATE TABLE "${table}" \\([^;]*?)\\n\\);`), `$1${lines}\n);`)
    if (changed === text) throw new Error(`There is no table ${table}.`)
    text = changed
  }
  return `${text.trimEnd()}\n\n${appendOnlyTables.flatMap((table) => [forbid(table, 'UPDATE'), forbid(table, 'DELETE')]).join('\n\n')}\n`
}

function forbid(table, change) {
  return `-- CreateTrigger\nCREATE TRIGGER "${table}_no_${change.toLowerCase()}" BEFORE ${change} ON "${table}"\nBEGIN\n    SELECT RAISE(ABORT, '${table} is append-only');\nEND;`
}

function groupByTable(rules) {
  const groups = new Map()
  for (const rule of rules) groups.set(rule.table, [...(groups.get(rule.table) ?? []), rule])
  return groups
}
