import { expect, test } from 'vitest'
import { giveBackUnit, type Stock, takeUnit } from './vehicle.ts'

test.each<[Stock, Stock]>([
  [
    { status: 'available', stockQuantity: 5 },
    { status: 'available', stockQuantity: 4 },
  ],
  [
    { status: 'available', stockQuantity: 1 },
    { status: 'out_of_stock', stockQuantity: 0 },
  ],
  [
    { status: 'available', stockQuantity: null },
    { status: 'available', stockQuantity: null },
  ],
])('a unit taken and given back: %j and %j', (full, taken) => {
  expect(takeUnit(full)).toEqual(taken)
  expect(giveBackUnit(taken)).toEqual(full)
})

test('nothing is taken from empty stock', () => {
  expect(() => takeUnit({ status: 'available', stockQuantity: 0 })).toThrow(
    expect.objectContaining({ code: 'vehicle.out_of_stock' }),
  )
})

test('a unit given back does not bring a withdrawn vehicle back', () => {
  expect(giveBackUnit({ status: 'discontinued', stockQuantity: 0 })).toEqual({
    status: 'discontinued',
    stockQuantity: 1,
  })
  expect(giveBackUnit({ status: 'out_of_stock', stockQuantity: 3 })).toEqual({
    status: 'out_of_stock',
    stockQuantity: 4,
  })
})
