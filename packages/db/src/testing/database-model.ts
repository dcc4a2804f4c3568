import Connection from 'better-sqlite3'
import { sqliteFile } from '../database-url.ts'
import { databaseName } from '../mysql/connection-options.ts'
import { type PlainConnection, withConnection } from '../mysql/single-connection.ts'
import type { ColumnModel, ForeignKeyModel, IndexModel, TableModel } from './schema-model.ts'

const migrationsTable = '_prisma_migrations'

/** The tables of a database as its own catalogue describes them, without the table that keeps the migrations. */
export function tablesOfDatabase(url: string): Promise<TableModel[]> {
  if (!url.startsWith('mysql://')) return Promise.resolve(sqliteTables(sqliteFile(url)))
  return withConnection(url, (connection) => mysqlTables(connection, databaseName(url)))
}

/** Tables, indexes and keys in order of name, so that two descriptions can be compared. */
export function inOrder(tables: readonly TableModel[]): TableModel[] {
  return sortByName(tables).map((table) => ({
    ...table,
    indexes: sortByName(table.indexes),
    foreignKeys: sortByName(table.foreignKeys),
  }))
}

function sortByName<T extends { name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function sqliteTables(file: string): TableModel[] {
  const connection = new Connection(file, { readonly: true })
  try {
    const tables = connection
      .prepare<[string], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> ?",
      )
      .all(migrationsTable)
    return tables.map(({ name, sql }) => sqliteTable(connection, name, sql))
  } finally {
    connection.close()
  }
}

function sqliteTable(connection: Connection.Database, name: string, sql: string): TableModel {
  const pragma = <T>(statement: string) => connection.pragma(statement) as T[]
  const columns = pragma<{ name: string; type: string; notnull: number; dflt_value: string | null; pk: number }>(
    `table_info("${name}")`,
  )
  const indexes = pragma<{ name: string; unique: number; origin: string }>(`index_list("${name}")`)
  return {
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type.toLowerCase(),
      nullable: column.notnull === 0,
      default: column.dflt_value,
      autoIncrement: column.pk === 1 && sql.includes(`"${column.name}" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT`),
      collation: null,
    })),
    primaryKey: columns.filter(({ pk }) => pk > 0).map((column) => column.name),
    indexes: indexes
      .filter(({ origin }) => origin !== 'pk')
      .map((index) => ({
        name: index.name,
        unique: index.unique === 1,
        columns: pragma<{ name: string }>(`index_info("${index.name}")`).map((column) => column.name),
      })),
    foreignKeys: sqliteForeignKeys(connection, name, sql),
  }
}

// The catalogue does not keep the names of foreign keys; they are read from the statement that made the table, to which SQLite adds the
// text of columns that came later.
function sqliteForeignKeys(connection: Connection.Database, name: string, sql: string): ForeignKeyModel[] {
  const ofTable = sql.matchAll(/CONSTRAINT "(?<key>\w+)" FOREIGN KEY \("(?<column>\w+)"\)/g)
  const ofColumns = sql.matchAll(/"(?<column>\w+)" [A-Z ]+ CONSTRAINT "(?<key>\w+)" REFERENCES/g)
  const names = new Map([...ofTable, ...ofColumns].map(({ groups }) => [groups?.['column'], groups?.['key']]))
  const keys = connection.pragma(`foreign_key_list("${name}")`) as Record<
    'from' | 'table' | 'to' | 'on_delete' | 'on_update',
    string
  >[]
  return keys.map((key) => ({
    name: names.get(key.from) ?? '',
    columns: [key.from],
    table: key.table,
    referenced: [key.to],
    onDelete: key.on_delete,
    onUpdate: key.on_update,
  }))
}

type Row = Record<string, unknown>

async function mysqlTables({ query }: PlainConnection, schema: string): Promise<TableModel[]> {
  const tables = await query(
    'SELECT TABLE_NAME AS t FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME <> ?',
    [schema, migrationsTable],
  )
  const columns = await query(
    'SELECT TABLE_NAME AS t, COLUMN_NAME AS name, COLUMN_TYPE AS type, IS_NULLABLE AS nullable, COLUMN_DEFAULT AS preset, EXTRA AS extra, COLLATION_NAME AS collation FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? ORDER BY ORDINAL_POSITION',
    [schema],
  )
  const indexes = await query(
    'SELECT TABLE_NAME AS t, INDEX_NAME AS name, NON_UNIQUE AS loose, COLUMN_NAME AS col, COLLATION AS direction FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? ORDER BY SEQ_IN_INDEX',
    [schema],
  )
  const keys = await query(
    'SELECT k.TABLE_NAME AS t, k.CONSTRAINT_NAME AS name, k.COLUMN_NAME AS col, k.REFERENCED_TABLE_NAME AS target, k.REFERENCED_COLUMN_NAME AS target_col, r.DELETE_RULE AS on_delete, r.UPDATE_RULE AS on_update FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME WHERE k.TABLE_SCHEMA = ? ORDER BY k.ORDINAL_POSITION',
    [schema],
  )
  const jsonColumns = columns.some(({ type }) => type === 'longtext')
    ? await mariadbJsonColumns(query, schema)
    : new Set<string>()
  return tables.map(({ t }) => {
    const ownIndexes = groupByName(indexes.filter((row) => row['t'] === t))
    return {
      name: String(t),
      columns: columns.filter((row) => row['t'] === t).map((row) => mysqlColumn(row, jsonColumns)),
      primaryKey: (ownIndexes.get('PRIMARY') ?? []).map(({ col }) => String(col)),
      indexes: [...ownIndexes].filter(([name]) => name !== 'PRIMARY').map(([name, rows]) => mysqlIndex(name, rows)),
      foreignKeys: [...groupByName(keys.filter((row) => row['t'] === t))].map(([name, rows]) =>
        mysqlForeignKey(name, rows),
      ),
    }
  })
}

// MariaDB has no JSON type: it makes a longtext with a check that the text is JSON.
async function mariadbJsonColumns(query: PlainConnection['query'], schema: string): Promise<Set<string>> {
  const rows = await query(
    'SELECT TABLE_NAME AS t, CHECK_CLAUSE AS clause FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = ?',
    [schema],
  )
  return new Set(
    rows.flatMap(({ t, clause }) => {
      const column = /^json_valid\(`(\w+)`\)$/.exec(String(clause))?.[1]
      return column === undefined ? [] : [`${t}.${column}`]
    }),
  )
}

function mysqlColumn(row: Row, jsonColumns: ReadonlySet<string>): ColumnModel {
  const isJson = row['type'] === 'longtext' && jsonColumns.has(`${row['t']}.${row['name']}`)
  // MariaDB still writes display widths, which mean nothing except for booleans.
  const type = isJson ? 'json' : String(row['type']).replace(/^(int|bigint)\(\d+\)/, '$1')
  return {
    name: String(row['name']),
    type,
    nullable: row['nullable'] === 'YES',
    default: mysqlDefault(row['preset'], type),
    autoIncrement: row['extra'] === 'auto_increment',
    // MariaDB compares JSON as text and names a collation for it; MySQL names none.
    collation: isJson || row['collation'] === null ? null : String(row['collation']),
  }
}

// MariaDB quotes text defaults and spells NULL; MySQL does neither.
function mysqlDefault(preset: unknown, type: string): string | null {
  if (preset === null || preset === 'NULL') return null
  const text = String(preset)
  if (type === 'tinyint(1)') return text === '1' ? 'true' : 'false'
  return /^(int|bigint)/.test(type) || text.startsWith("'") ? text : `'${text}'`
}

function mysqlIndex(name: string, rows: readonly Row[]): IndexModel {
  return {
    name,
    unique: Number(rows[0]?.['loose']) === 0,
    columns: rows.map(({ col, direction }) => `${col}${direction === 'D' ? ' desc' : ''}`),
  }
}

function mysqlForeignKey(name: string, rows: readonly Row[]): ForeignKeyModel {
  return {
    name,
    columns: rows.map(({ col }) => String(col)),
    table: String(rows[0]?.['target']),
    referenced: rows.map((row) => String(row['target_col'])),
    onDelete: String(rows[0]?.['on_delete']),
    onUpdate: String(rows[0]?.['on_update']),
  }
}

function groupByName(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(String(row['name']), [...(groups.get(String(row['name'])) ?? []), row])
  return groups
}
