import { expect, test } from 'vitest'
import { readRows, type TaxTable, taxTables, typedRows } from './tax-tables.ts'

const tables = {
  rate_bps: [
    { from: '2016-06-01', value: 500 },
    { from: '2024-10-01', value: 200 },
  ],
  threshold: [{ from: '2016-06-01', value: '15000.00' }],
  no_pan_rate_bps: [{ from: '2016-06-01', value: 2000 }],
}
const tableOf = (name: TaxTable['name']) => taxTables.find((table) => table.name === name)!

test.each(taxTables)('$name is read as it is typed', (table) => {
  expect(readRows(table, typedRows(table, tables))).toEqual(tables[table.name])
})

test('a row that is added counts from its day on', () => {
  const rows = [...typedRows(tableOf('rate_bps'), tables), { from: '2027-04-01', value: '2.5' }]
  expect(readRows(tableOf('rate_bps'), rows)?.at(-1)).toEqual({ from: '2027-04-01', value: 250 })
  const limits = [...typedRows(tableOf('threshold'), tables), { from: '2027-04-01', value: '25000' }]
  expect(readRows(tableOf('threshold'), limits)?.at(-1)).toMatchObject({ from: '2027-04-01' })
})

test.each([
  ['no day', [{ from: '', value: '5' }]],
  ['no value', [{ from: '2016-06-01', value: '' }]],
  ['a value that is none', [{ from: '2016-06-01', value: 'five' }]],
  ['the same day twice', times('2016-06-01', '2016-06-01')],
  ['days that go back', times('2024-10-01', '2016-06-01')],
  ['no row at all', []],
])('%s is no table', (_, rows) => expect(readRows(tableOf('rate_bps'), rows)).toBeNull())

function times(...days: readonly string[]) {
  return days.map((from) => ({ from, value: '5' }))
}
