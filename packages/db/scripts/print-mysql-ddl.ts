// Development: prints the first MySQL migration from the generated data model, because Prisma's own engine is not to be had
// for MySQL without its binary. Foreign keys and checks stand inside CREATE TABLE, tables after those they refer to: each
// ALTER TABLE costs the server a sync, and one for each key made migrating four times slower. Later migrations are by hand.
//
//   npx tsx packages/db/scripts/print-mysql-ddl.ts
import { collations, readDataModel, type TableModel, tablesOfSchema } from '../src/testing/schema-model.ts'
import { appendOnlyTables, checks } from './table-rules.mjs'

const exactTextNote = `-- Text by which rows are looked up, told apart or checked is ${collations.exact}, which compares character by character as
-- SQLite does. The tables' own collation takes \`a\` for \`A\` and for \`á\`: with it one member could be found by another
-- member's address, and two transaction ids that differ only by case would be one.`

const tables = tablesOfSchema(readDataModel(), 'mysql')
const statements = [
  exactTextNote,
  ...referredFirst(tables).map(createTable),
  ...appendOnlyTables.flatMap((table) => [forbid(table, 'UPDATE'), forbid(table, 'DELETE')]),
]
process.stdout.write(`${statements.join('\n\n')}\n`)

function createTable({ name, columns, indexes, primaryKey, foreignKeys }: TableModel): string {
  const lines = [
    ...columns.map(
      (column) =>
        `${quote(column.name)} ${spell(column.type)} ${
          column.collation === collations.exact ? `CHARACTER SET utf8mb4 COLLATE ${collations.exact} ` : ''
        }${column.nullable ? 'NULL' : 'NOT NULL'}${
          column.autoIncrement ? ' AUTO_INCREMENT' : ''
        }${column.default === null ? '' : ` DEFAULT ${column.default}`}`,
    ),
    '',
    ...indexes.map((index) => `${index.unique ? 'UNIQUE ' : ''}INDEX ${quote(index.name)}(${list(index.columns)})`),
    `PRIMARY KEY (${list(primaryKey)})`,
    ...foreignKeys.map(
      (key) =>
        `CONSTRAINT ${quote(key.name)} FOREIGN KEY (${list(key.columns)}) ` +
        `REFERENCES ${quote(key.table)}(${list(key.referenced)}) ON DELETE ${key.onDelete} ON UPDATE ${key.onUpdate}`,
    ),
    ...checks
      .filter(({ table }) => table === name)
      .map((check) => `CONSTRAINT ${quote(check.name)} CHECK (${check.condition})`),
  ]
  const body = lines
    .map((line, at) => (line === '' ? '' : `    ${line}${at === lines.length - 1 ? '' : ','}`))
    .join('\n')
  return `-- CreateTable\nCREATE TABLE ${quote(name)} (\n${body}\n) DEFAULT CHARACTER SET utf8mb4 COLLATE ${collations.folding};`
}

function referredFirst(unordered: readonly TableModel[]): TableModel[] {
  const ordered: TableModel[] = []
  const waiting = new Set(unordered)
  while (waiting.size > 0) {
    const next = [...waiting].find((table) =>
      table.foreignKeys.every((key) => key.table === table.name || ordered.some(({ name }) => name === key.table)),
    )
    if (next === undefined) throw new Error('Tables refer to each other in a circle.')
    ordered.push(next)
    waiting.delete(next)
  }
  return ordered
}

function forbid(table: string, change: 'UPDATE' | 'DELETE'): string {
  return (
    `-- CreateTrigger\nCREATE TRIGGER ${quote(`${table}_no_${change.toLowerCase()}`)} BEFORE ${change} ON ${quote(table)}\n` +
    `FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} is append-only';`
  )
}

function spell(type: string): string {
  if (type === 'tinyint(1)') return 'BOOLEAN'
  if (type === 'int') return 'INTEGER'
  if (type.startsWith('enum(')) return `ENUM${type.slice(4).replaceAll("','", "', '")}`
  return type.toUpperCase()
}

function list(names: readonly string[]): string {
  return names.map(quote).join(', ')
}

function quote(name: string): string {
  return `\`${name}\``
}
