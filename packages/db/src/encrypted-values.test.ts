import { expect, test } from 'vitest'
import { encryptedColumns } from './encrypted-values.ts'
import { readDataModel, tablesOfSchema } from './testing/schema-model.ts'

test('no encrypted column of the schema is forgotten', () => {
  const inSchema = tablesOfSchema(readDataModel(), 'sqlite').flatMap(({ name, columns }) =>
    columns.filter((column) => column.name.endsWith('_encrypted')).map((column) => `${name}.${column.name}`),
  )
  expect([...encryptedColumns].sort()).toEqual(inSchema.sort())
})
