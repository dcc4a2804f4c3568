import { expect, test } from 'vitest'
import { z } from 'zod'
import { decodeCursor, encodeCursor, toCursorPage } from './pagination.ts'

const position = z.tuple([z.iso.datetime(), z.int().min(1)])

test('a cursor comes back as it was given out; the empty one is the beginning', () => {
  expect(decodeCursor(position, encodeCursor(['2026-04-01T00:00:00.000Z', 7]))).toEqual(['2026-04-01T00:00:00.000Z', 7])
  expect(decodeCursor(position, '')).toBeNull()
})

test.each([
  'garbage',
  '%00',
  encodeCursor([1]),
  encodeCursor(["' OR 1=1", 7]),
  Buffer.from('{"a":1}').toString('base64url'),
])('the cursor %j is refused by name', (cursor) => {
  expect(() => decodeCursor(position, cursor)).toThrow(
    expect.objectContaining({ code: 'validation.failed', field: 'cursor' }),
  )
})

test('a cursor page ends when there is no row more than asked for', () => {
  const page = (rows: number[]) => toCursorPage({ rows, take: 2, position: (row) => [row], view: (row) => ({ row }) })
  expect(page([5, 4, 3])).toEqual({ next_cursor: encodeCursor([4]), results: [{ row: 5 }, { row: 4 }] })
  expect(page([5, 4]).next_cursor).toBeNull()
  expect(page([])).toEqual({ next_cursor: null, results: [] })
})
