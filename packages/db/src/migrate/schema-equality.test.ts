import { beforeAll, expect, test } from 'vitest'
import { exactTextColumns } from '../../scripts/table-rules.mjs'
import { inOrder, tablesOfDatabase } from '../testing/database-model.ts'
import { eachDatabase, type TestDatabase } from '../testing/index.ts'
import { collations, readDataModel, type TableModel, tablesOfSchema } from '../testing/schema-model.ts'

// Months, years and names that only the code writes: there is one spelling of each, however they are compared.
const keysWithoutFreeText = [
  'pair_flushes.month',
  'payment_orders.provider',
  'provider_events.provider',
  'tds_records.financial_year',
]

const foldingColumn = [
  'a column that folds case and accents',
  `ALTER TABLE users MODIFY email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE ${collations.folding} NULL`,
  'users',
]

/** The free text in a table's unique keys that MySQL does not compare exactly. */
function foldedKeyColumns({ name, columns, primaryKey, indexes }: TableModel): string[] {
  const keys = new Set([primaryKey, ...indexes.filter(({ unique }) => unique).map((index) => index.columns)].flat())
  return columns
    .filter(
      (column) => keys.has(column.name) && /^(var)?char/.test(column.type) && column.collation !== collations.exact,
    )
    .map((column) => `${name}.${column.name}`)
}

eachDatabase((provider, makeDatabase) => {
  let made: TestDatabase
  beforeAll(async () => {
    made = await makeDatabase()
  })

  test('the migrated tables are what the schema says', async () => {
    const wanted = inOrder(tablesOfSchema(readDataModel(), provider))
    expect(wanted.length).toBeGreaterThan(30)
    expect(inOrder(await tablesOfDatabase(made.url))).toEqual(wanted)
  })

  if (provider === 'mysql')
    test('text that tells rows apart is compared exactly', async () => {
      const isExact = ({ collation }: { collation: string | null }) => collation === collations.exact
      const tables = inOrder(await tablesOfDatabase(made.url))
      const exact = tables.flatMap(({ name, columns }) =>
        columns.filter(isExact).map((column) => `${name}.${column.name}`),
      )
      const wanted = Object.entries(exactTextColumns).flatMap(([table, columns]) =>
        columns.map((one) => `${table}.${one}`),
      )
      expect(exact.sort()).toEqual(wanted.sort())
      expect(tables.flatMap(foldedKeyColumns)).toEqual(keysWithoutFreeText)
    })

  test.each([
    ['an index more', 'CREATE INDEX one_more ON leases (holder)', 'leases'],
    ['an index less', 'DROP INDEX users_role_id_idx', 'users'],
    ['a column more', 'ALTER TABLE settings ADD COLUMN one_more INTEGER', 'settings'],
    ['a column less', 'ALTER TABLE audit_log DROP COLUMN ip_address', 'audit_log'],
    ...(provider === 'mysql' ? [foldingColumn] : []),
    ['a table more', 'CREATE TABLE table_more (id INTEGER PRIMARY KEY)', 'table_more'],
  ])('notices %s', async (_difference, sql, table) => {
    const statement = provider === 'mysql' && sql.startsWith('DROP INDEX') ? `${sql} ON ${table}` : sql
    const wanted = new Map(tablesOfSchema(readDataModel(), provider).map((one) => [one.name, one]))
    await made.database.transaction((tx) => tx.$executeRawUnsafe(statement))
    const found = inOrder(await tablesOfDatabase(made.url)).find(({ name }) => name === table)
    const expected = wanted.get(table)
    expect(found && inOrder([found])).not.toEqual(expected && inOrder([expected]))
  })
})
