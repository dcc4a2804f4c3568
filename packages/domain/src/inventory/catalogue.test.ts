import { expect, test } from 'vitest'
import { movementOfEdit, requirePrice, type StockEdit, stockAfterEdit } from './catalogue.ts'
import { mostPictures, nextPosition, type Picture, primaryOf, requireRoomForPicture } from './pictures.ts'
import type { Stock } from './vehicle.ts'

const stock = (status: Stock['status'], stockQuantity: number | null): Stock => ({ status, stockQuantity })

test.each<[string, Stock | null, StockEdit, Stock]>([
  ['a new vehicle is available and not tracked', null, {}, stock('available', null)],
  ['a new vehicle without a unit is out of stock', null, { stockQuantity: 0 }, stock('out_of_stock', 0)],
  ['a new vehicle may be discontinued', null, { status: 'discontinued' }, stock('discontinued', null)],
  ['the last unit is written off', stock('available', 3), { stockQuantity: 0 }, stock('out_of_stock', 0)],
  ['available is not what has no unit', stock('available', 0), { status: 'available' }, stock('out_of_stock', 0)],
  ['sold out, units arrive', stock('out_of_stock', 0), { stockQuantity: 5 }, stock('available', 5)],
  ['sold out, no longer tracked', stock('out_of_stock', 0), { stockQuantity: null }, stock('available', null)],
  ['sold out, something else is edited', stock('out_of_stock', 0), {}, stock('out_of_stock', 0)],
  ['taken out of sale with units left', stock('out_of_stock', 3), { stockQuantity: 5 }, stock('out_of_stock', 5)],
  [
    'the named status counts',
    stock('out_of_stock', 0),
    { stockQuantity: 5, status: 'out_of_stock' },
    stock('out_of_stock', 5),
  ],
  ['discontinued stays so', stock('discontinued', 0), { stockQuantity: 5 }, stock('discontinued', 5)],
  ['discontinued is brought back', stock('discontinued', 5), { status: 'available' }, stock('available', 5)],
  ['nothing is edited', stock('available', 2), {}, stock('available', 2)],
])('%s', (_, before, edit, after) => {
  expect(stockAfterEdit(before, edit)).toEqual(after)
})

test.each([
  [0, 5, 5],
  [5, 2, -3],
  [5, 5, null],
  [5, null, null],
  [3, 0, -3],
])('movements that sum to %j reach a stock of %j by %j', (sum, quantity, delta) => {
  expect(movementOfEdit(sum, stock('available', quantity))).toBe(delta)
})

test('a price is above zero', () => {
  requirePrice(1n)
  for (const price of [0n, -1n])
    expect(() => requirePrice(price)).toThrow(expect.objectContaining({ code: 'validation.failed', field: 'price' }))
})

const picture = (id: number, position = 0, isPrimary = false): Picture => ({ id, position, isPrimary })

test.each<[string, Picture[], Parameters<typeof primaryOf>[1], number | null]>([
  ['there are none', [], {}, null],
  ['the first one', [picture(7)], {}, 7],
  ['a further one changes nothing', [picture(1, 5, true), picture(2, 0)], {}, 1],
  ['the wanted one', [picture(1, 0, true), picture(2, 1)], { wanted: 2 }, 2],
  ['the primary one has gone: the next in order', [picture(3, 2), picture(2, 1)], {}, 2],
  ['equal in order: the older', [picture(3, 1), picture(2, 1)], {}, 2],
  ['the primary one is unwanted', [picture(1, 0, true), picture(2, 1)], { unwanted: 1 }, 2],
  ['the only one is unwanted', [picture(1, 0, true)], { unwanted: 1 }, 1],
  ['two claim it: one remains', [picture(2, 1, true), picture(1, 0, true)], {}, 1],
])('which picture stands for the vehicle: %s', (_, pictures, choice, id) => {
  expect(primaryOf(pictures, choice)).toBe(id)
})

test('a new picture goes to the end, and there is an end', () => {
  expect(nextPosition([])).toBe(0)
  expect(nextPosition([picture(1, 4), picture(2, 2)])).toBe(5)
  const full = Array.from({ length: mostPictures }, (_, id) => picture(id))
  requireRoomForPicture(full.slice(1))
  expect(() => requireRoomForPicture(full)).toThrow(expect.objectContaining({ code: 'vehicle.too_many_images' }))
})
