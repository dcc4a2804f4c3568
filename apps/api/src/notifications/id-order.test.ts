import { expect, test } from 'vitest'
import { createIdOrder } from './id-order.ts'

const rows = (...ids: number[]) => ids.map((id) => ({ id }))

test('rows without a gap pass at once', () => {
  const order = createIdOrder({ patienceMs: 1_000 })
  expect(order.take(rows(8, 9), { after: 7, nowMs: 0 })).toEqual(rows(8, 9))
  expect(order.take([], { after: 9, nowMs: 0 })).toEqual([])
})

test('what follows a gap waits until it is filled', () => {
  const order = createIdOrder({ patienceMs: 1_000 })
  expect(order.take(rows(8, 10, 11), { after: 7, nowMs: 0 })).toEqual(rows(8))
  expect(order.take(rows(10, 11), { after: 8, nowMs: 999 })).toEqual([])
  expect(order.take(rows(9, 10, 11, 12), { after: 8, nowMs: 999 })).toEqual(rows(9, 10, 11, 12))
})

test('or until nobody will fill it any more, each row by its own time', () => {
  const order = createIdOrder({ patienceMs: 1_000 })
  expect(order.take(rows(9), { after: 7, nowMs: 0 })).toEqual([])
  expect(order.take(rows(9, 12), { after: 7, nowMs: 500 })).toEqual([])
  expect(order.take(rows(9, 12), { after: 7, nowMs: 1_000 })).toEqual(rows(9))
  expect(order.take(rows(12), { after: 9, nowMs: 1_499 })).toEqual([])
  expect(order.take(rows(12), { after: 9, nowMs: 1_500 })).toEqual(rows(12))
})
