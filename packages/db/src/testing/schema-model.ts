import { readFileSync } from 'node:fs'
import { exactTextColumns } from '../../scripts/table-rules.mjs'
import type { Provider } from '../tx.ts'

/** A table as a database has it, or as the schema wants it; both are compared as plain values. */
export type TableModel = {
  name: string
  columns: ColumnModel[]
  primaryKey: string[]
  indexes: IndexModel[]
  foreignKeys: ForeignKeyModel[]
}

export type ColumnModel = {
  name: string
  /** The column type as the database spells it, in lower case. */
  type: string
  nullable: boolean
  default: string | null
  autoIncrement: boolean
  /** How MySQL compares the text; null for what is not text and for SQLite, which always compares exactly. */
  collation: string | null
}

/** The two ways in which MySQL compares text here: character by character, or taking `a` for `A` and for `á`. */
export const collations = { exact: 'utf8mb4_bin', folding: 'utf8mb4_unicode_ci' } as const

export type IndexModel = { name: string; unique: boolean; columns: string[] }

export type ForeignKeyModel = {
  name: string
  columns: string[]
  table: string
  referenced: string[]
  onDelete: string
  onUpdate: string
}

type Field = {
  name: string
  dbName?: string | null
  kind: 'scalar' | 'object' | 'enum' | 'unsupported'
  isRequired: boolean
  isUnique: boolean
  isId: boolean
  type: string
  nativeType?: [string, string[]] | null
  default?: unknown
  relationFromFields?: string[]
  relationToFields?: string[]
  relationOnDelete?: string
  relationOnUpdate?: string
}

type Model = { name: string; dbName: string | null; fields: Field[]; primaryKey: { fields: string[] } | null }

export type DataModel = {
  models: Model[]
  enums: { name: string; values: { name: string; dbName: string | null }[] }[]
  indexes: {
    model: string
    type: 'id' | 'normal' | 'unique' | 'fulltext'
    fields: { name: string; sortOrder?: string }[]
  }[]
}

/** The data model that the generate step wrote. */
export function readDataModel(): DataModel {
  return JSON.parse(readFileSync(new URL('../../generated/dmmf.json', import.meta.url), 'utf8')) as DataModel
}

/** The tables that the schema asks for on `provider`, in the schema's order, with the names that Prisma gives constraints. */
export function tablesOfSchema(dataModel: DataModel, provider: Provider): TableModel[] {
  return dataModel.models.map((model) => {
    const table = tableName(model)
    const scalars = model.fields.filter(({ kind }) => kind === 'scalar' || kind === 'enum')
    const primaryKey = indexFields(dataModel, model, 'id').flat()
    const indexes = [
      ...indexFields(dataModel, model, 'unique').map((columns) => indexOf(table, columns, { unique: true })),
      ...indexFields(dataModel, model, 'normal').map((columns) => indexOf(table, columns, { unique: false })),
    ]
    const foreignKeys = model.fields
      .filter(({ relationFromFields }) => relationFromFields !== undefined && relationFromFields.length > 0)
      .map((field) => foreignKeyOf(field, model, dataModel))
    return {
      name: table,
      columns: scalars.map((field) => columnOf(field, { table, dataModel, provider })),
      primaryKey,
      indexes:
        provider === 'mysql'
          ? [...indexes, ...impliedIndexes(foreignKeys, [primaryKey, ...indexes.map(({ columns }) => columns)])]
          : indexes,
      foreignKeys,
    }
  })
}

/** MySQL has an index for every foreign key: where none begins with its columns, one of the key's own name. */
function impliedIndexes(keys: readonly ForeignKeyModel[], indexed: readonly string[][]): IndexModel[] {
  const hasOwn = ({ columns }: ForeignKeyModel) =>
    indexed.some((known) => columns.every((column, at) => known[at] === column))
  return keys.filter((key) => !hasOwn(key)).map(({ name, columns }) => ({ name, unique: false, columns }))
}

function columnOf(
  field: Field,
  { table, dataModel, provider }: { table: string; dataModel: DataModel; provider: Provider },
): ColumnModel {
  const isCounter = isAutoIncrement(field.default)
  return {
    name: columnName(field),
    type: provider === 'mysql' ? mysqlType(field, dataModel) : sqliteType(field),
    nullable: !field.isRequired,
    default: isCounter || field.default === undefined ? null : defaultText(field),
    // Prisma lets SQLite count every integer key, asked or not.
    autoIncrement: isCounter || (provider === 'sqlite' && field.isId && field.type === 'Int'),
    collation: provider === 'mysql' && isText(field) ? collationOf(table, columnName(field)) : null,
  }
}

function isText({ kind, type }: Field): boolean {
  return kind === 'enum' || type === 'String'
}

function collationOf(table: string, column: string): string {
  const exact: Readonly<Record<string, readonly string[]>> = exactTextColumns
  return exact[table]?.includes(column) ? collations.exact : collations.folding
}

function isAutoIncrement(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'name' in value && value.name === 'autoincrement'
}

function defaultText({ default: value, type }: Field): string {
  // A BigInt default is written as a string in the data model.
  if (typeof value === 'string') return type === 'BigInt' ? value : `'${value}'`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Error(`The schema has a default that is not understood here: ${JSON.stringify(value)}`)
}

function mysqlType(field: Field, { enums }: DataModel): string {
  if (field.kind === 'enum') {
    const values = enums.find(({ name }) => name === field.type)?.values ?? []
    return `enum(${values.map(({ name, dbName }) => `'${dbName ?? name}'`).join(',')})`
  }
  if (field.nativeType) {
    const [name, parameters] = field.nativeType
    return `${name.toLowerCase()}${parameters.length > 0 ? `(${parameters.join(',')})` : ''}`
  }
  return lookUp({ Int: 'int', BigInt: 'bigint', Boolean: 'tinyint(1)', Json: 'json' }, field.type)
}

function sqliteType(field: Field): string {
  if (field.kind === 'enum') return 'text'
  return lookUp(
    { Int: 'integer', BigInt: 'bigint', Boolean: 'boolean', Json: 'jsonb', String: 'text', DateTime: 'datetime' },
    field.type,
  )
}

function lookUp(types: Readonly<Record<string, string>>, name: string): string {
  const type = types[name]
  if (type === undefined) throw new Error(`A ${name} column needs a native type in the schema.`)
  return type
}

function indexFields({ indexes }: DataModel, model: Model, type: 'id' | 'unique' | 'normal'): string[][] {
  return indexes
    .filter((index) => index.model === model.name && index.type === type)
    .map(({ fields }) => fields.map(({ name }) => columnOfModel(model, name)))
}

function indexOf(table: string, columns: string[], { unique }: { unique: boolean }): IndexModel {
  return { name: constraintName(table, columns, unique ? 'key' : 'idx'), unique, columns }
}

function foreignKeyOf(field: Field, model: Model, { models }: DataModel): ForeignKeyModel {
  const target = models.find(({ name }) => name === field.type)
  if (target === undefined) throw new Error(`There is no model ${field.type}.`)
  const columns = (field.relationFromFields ?? []).map((name) => columnOfModel(model, name))
  return {
    name: constraintName(tableName(model), columns, 'fkey'),
    columns,
    table: tableName(target),
    referenced: (field.relationToFields ?? []).map((name) => columnOfModel(target, name)),
    onDelete: (field.relationOnDelete ?? '').toUpperCase(),
    onUpdate: (field.relationOnUpdate ?? '').toUpperCase(),
  }
}

// MySQL cuts nothing off: a longer name would fail, and Prisma would shorten it by a rule that is not repeated here.
const longestName = 64

function constraintName(table: string, columns: string[], kind: 'key' | 'idx' | 'fkey'): string {
  const name = [table, ...columns, kind].join('_')
  if (name.length > longestName) throw new Error(`The constraint name ${name} is too long.`)
  return name
}

function tableName(model: Model): string {
  return model.dbName ?? model.name
}

function columnName(field: Field): string {
  return field.dbName ?? field.name
}

function columnOfModel(model: Model, fieldName: string): string {
  const field = model.fields.find(({ name }) => name === fieldName)
  if (field === undefined) throw new Error(`${model.name} has no field ${fieldName}.`)
  return columnName(field)
}
