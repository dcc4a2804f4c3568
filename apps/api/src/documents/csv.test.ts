import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import { csv, mostCsvRows } from './csv.ts'

/** The second line of a sheet with one cell. */
const cell = (value: string | number | bigint | null) =>
  csv({ columns: ['a'], rows: [[value]] })
    .slice('a\r\n'.length)
    .replace(/\r\n$/, '')

test('writes columns and rows with amounts in rupees', () => {
  const text = csv({
    columns: ['name', 'amount', 'count', 'note'],
    rows: [
      ['Asha, of Pune', 12_345_600n, 3, null],
      ['Ravi "R" Rao', -500n, -1, 'two\nlines'],
    ],
  })
  expect(text).toBe(
    'name,amount,count,note\r\n"Asha, of Pune",123456.00,3,\r\n"Ravi ""R"" Rao",-5.00,-1,"two\nlines"\r\n',
  )
})

test.each([
  ['=1+1', "'=1+1"],
  ['+919876543210', "'+919876543210"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', `'\t=1`],
  ['\r=1', `"'\r=1"`],
  ['\n=1', `"'\n=1"`],
  ['  =1', "'  =1"],
  ['＝1', "'＝1"],
  ['-5.00', "'-5.00"],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
])('escapes the text %j', (text, written) => expect(cell(text)).toBe(written))

test.each(['a=1', 'Asha', '5.00', 'x@y.in', '1-2', "'=1"])('leaves the text %j', (text) =>
  expect(cell(text)).toBe(text),
)

test('escapes a column’s name too', () => {
  expect(csv({ columns: ['=1', 'b'], rows: [] })).toBe("'=1,b\r\n")
})

test('has a limit', () => {
  expect(() => csv({ columns: ['a'], rows: times(mostCsvRows + 1, () => ['x']) })).toThrow(RangeError)
})
