import { inflateSync } from 'node:zlib'
import { formatInr, unnamedCompany } from '@ev/domain'
import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import { mostPaperRows, type Paper, paper } from './paper.ts'

const issuedAt = new Date('2026-11-25T09:34:00.000Z')

const statement = (rows: number, changes: Partial<Paper> = {}): Paper => ({
  company: { ...unnamedCompany, addressLines: ['12 MG Road', 'Pune 411001'], tan: 'PNEE00000A' },
  issuedAt,
  title: 'Statement',
  facts: [['Member', 'Asha Rao']],
  tables: [
    {
      columns: [
        { title: 'What', width: 3 },
        { title: 'Amount', align: 'right' },
      ],
      rows: times(rows, (n) => [`Row ${n}`, formatInr(BigInt(n))]),
      totals: ['All', formatInr(0n)],
    },
  ],
  ...changes,
})

/** How often the drawing instructions of a PDF change the page, and how often they draw a shaded row. */
function facts(pdf: Buffer) {
  const text = pdf.toString('latin1')
  const streams = [...text.matchAll(/\/FlateDecode\n>>\nstream\n/g)].map(({ index, 0: head }) => {
    const from = index + head.length
    return inflateSync(pdf.subarray(from, text.indexOf('\nendstream', from))).toString('latin1')
  })
  const shadedRows = streams.reduce((sum, stream) => sum + (stream.match(/ re\n/g) ?? []).length, 0)
  return { pages: Number(/\/Count (\d+)/.exec(text)![1]), shadedRows }
}

test('is a PDF, and the same bytes for the same input', async () => {
  const [once, again] = [await paper(statement(3)), await paper(statement(3))]
  expect(once.subarray(0, 5).toString()).toBe('%PDF-')
  expect(again.equals(once)).toBe(true)
  const later = await paper(statement(3, { issuedAt: new Date(issuedAt.getTime() + 60_000) }))
  expect(later.equals(once)).toBe(false)
})

test('goes on over pages, each beginning with the titles of the columns', async () => {
  expect(facts(await paper(statement(5)))).toEqual({ pages: 1, shadedRows: 2 })
  const long = facts(await paper(statement(100)))
  expect(long.pages).toBeGreaterThan(2)
  expect(long.shadedRows).toBe(long.pages + 1)
})

test('takes texts of any length and no rows at all', async () => {
  const word = 'Extraordinarily '.repeat(200)
  const rows = times(10, () => [word, '1'])
  const columns = [{ title: 'What' }, { title: 'Count' }]
  const pdf = await paper(statement(0, { tables: [{ heading: 'Long', columns, rows }], notes: [word] }))
  expect(facts(pdf).pages).toBeGreaterThan(2)
  expect(facts(await paper(statement(0, { tables: [{ columns, rows: [] }] }))).pages).toBe(1)
})

test('has a limit of rows', async () => {
  await expect(paper(statement(mostPaperRows + 1))).rejects.toThrow(RangeError)
})
