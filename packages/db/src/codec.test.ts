import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decode, encode, fingerprintOf } from './codec.ts'

const value = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(null, undefined, true, false, -0, Number.NaN, Number.POSITIVE_INFINITY),
    fc.string(),
    fc.double(),
    fc.bigInt(),
    fc.date({ noInvalidDate: true }),
  ),
  key: fc.oneof(fc.string(), fc.constantFrom('$bigint', '$date', '$$date', '$', '__proto__', 'constructor')),
  node: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(tie('key') as fc.Arbitrary<string>, tie('node'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).node

describe('stored values', () => {
  test('come back exactly', () => {
    fc.assert(
      fc.property(value, (original) => isDeepStrictEqual(decode(encode(original)), original)),
      { numRuns: 2000 },
    )
  })

  test('are not taken for tags when they look like them', () => {
    const confusing = { $bigint: '5', $date: 'x', $$bigint: [{ $undefined: true }] }
    expect(decode(encode(confusing))).toStrictEqual(confusing)
    expect(decode(encode(5n))).toBe(5n)
  })

  test.each([
    ['a map', new Map()],
    ['a function', () => 1],
    ['an instance of a class', new (class Thing {})()],
    ['a date that is none', new Date(Number.NaN)],
  ])('cannot be %s', (_what, unfit) => {
    expect(() => encode({ unfit })).toThrow()
  })

  test('cannot contain themselves', () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    expect(() => encode(circle)).toThrow('nested deeper')
  })
})

describe('fingerprints', () => {
  test('do not depend on the order of keys', () => {
    expect(fingerprintOf({ a: 1n, b: { c: 2, d: [1, 2] } })).toBe(fingerprintOf({ b: { d: [1, 2], c: 2 }, a: 1n }))
  })

  test('tell different values apart', () => {
    const values = [
      1,
      1n,
      '1',
      [1],
      { 1: 1 },
      { 1: 1n },
      null,
      undefined,
      '',
      [],
      {},
      [[]],
      [['a', 1]],
      { a: 1 },
      [2, 1],
      [1, 2],
    ]
    expect(new Set(values.map(fingerprintOf)).size).toBe(values.length)
  })
})
