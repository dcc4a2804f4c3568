import { beforeAll, expect, test } from 'vitest'
import { inOrder, tablesOfDatabase } from '../testing/database-model.ts'
import { eachDatabase, type TestDatabase } from '../testing/index.ts'
import { readDataModel, tablesOfSchema } from '../testing/schema-model.ts'

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

  test.each([
    ['an index more', 'CREATE INDEX one_more ON leases (holder)', 'leases'],
    ['an index less', 'DROP INDEX users_role_id_idx', 'users'],
    ['a column more', 'ALTER TABLE settings ADD COLUMN one_more INTEGER', 'settings'],
    ['a column less', 'ALTER TABLE audit_log DROP COLUMN ip_address', 'audit_log'],
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
