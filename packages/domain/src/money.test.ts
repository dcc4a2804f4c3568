import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError } from './errors.ts'
import { formatRupees, parseRupees, rupees, shareOf, splitByShare } from './money.ts'

const anyAmount = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n })
const anyBasisPoints = fc.integer({ min: 0, max: 10_000 })

describe('parseRupees', () => {
  test.each([
    [5000, 500_000n],
    [0.1, 10n],
    [0.01, 1n],
    [-0, 0n],
    [999_999_999_999.99, 99_999_999_999_999n],
    [1e12, 10n ** 14n],
    ['5000', 500_000n],
    ['5000.5', 500_050n],
    ['5000.05', 500_005n],
    ['0', 0n],
    ['1000000000000', 10n ** 14n],
  ])('reads %o', (input, paise) => {
    expect(parseRupees(input)).toBe(paise)
  })

  test.each([
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e21,
    1e-7,
    0.001,
    0.1 + 0.2,
    2 ** 63,
    1e12 + 1,
    '-1',
    '-0',
    'NaN',
    'Infinity',
    '1e3',
    '1e309',
    '0.001',
    '9223372036854775808',
    '1000000000000.01',
    '1000000000001',
    '١٢٣',
    '１２',
    ' 5 ',
    '5 ',
    '5\n',
    '0x10',
    '0b1',
    '1,000',
    '1_000',
    '+5',
    '5.',
    '.5',
    '007',
    '',
    '₹5',
    '--5',
    null,
    undefined,
    true,
    5n,
    [],
    ['5'],
    {},
    { toString: () => '5' },
    Object('5'),
  ])('refuses %o', (input) => {
    expect(() => parseRupees(input, { field: 'amount' })).toThrow(
      expect.objectContaining({ code: 'validation.failed', field: 'amount' }),
    )
  })

  test('reads a minus only where it is allowed', () => {
    expect(parseRupees('-0.50', { allowNegative: true })).toBe(-50n)
    expect(parseRupees(-12.3, { allowNegative: true })).toBe(-1230n)
    expect(() => parseRupees('-0.50')).toThrow(DomainError)
  })

  test('reads back whatever formatRupees writes', () => {
    fc.assert(
      fc.property(anyAmount, (amount) => {
        expect(parseRupees(formatRupees(amount), { allowNegative: true })).toBe(amount)
      }),
      { numRuns: 5_000 },
    )
  })

  test('reads a JSON number exactly as its text', () => {
    fc.assert(
      fc.property(anyAmount, (amount) => {
        expect(parseRupees(Number(formatRupees(amount)), { allowNegative: true })).toBe(amount)
      }),
      { numRuns: 5_000 },
    )
  })

  test('takes any value at all without a fault', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        try {
          expect(typeof parseRupees(value)).toBe('bigint')
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError)
        }
      }),
      { numRuns: 5_000 },
    )
  })
})

test.each([
  [0n, '0.00'],
  [500_000n, '5000.00'],
  [5n, '0.05'],
  [-50n, '-0.50'],
  [-100_001n, '-1000.01'],
])('formatRupees(%s) is %s', (amount, text) => {
  expect(formatRupees(amount)).toBe(text)
})

describe('shares', () => {
  test.each([
    ['1.10', 500, '0.06'],
    ['1.01', 500, '0.05'],
    ['0.09', 500, '0.00'],
    ['0.10', 500, '0.01'],
    ['100.00', 10_000, '100.00'],
    ['100.00', 0, '0.00'],
  ])('of %s at %i basis points is %s, half up', (amount, bps, share) => {
    expect(formatRupees(shareOf(rupees(amount), bps))).toBe(share)
  })

  test('never lose or make a paisa', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), anyBasisPoints, (amount, bps) => {
        const { share, rest } = splitByShare(amount, bps)
        expect(share + rest).toBe(amount)
        expect(share >= 0n && rest >= 0n).toBe(true)
        const error = share * 10_000n - amount * BigInt(bps)
        expect(error > -5_000n && error <= 5_000n).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  test.each([
    [-1n, 500],
    [1n, -1],
    [1n, 10_001],
    [1n, 0.5],
    [1n, Number.NaN],
  ])('of %s at %d basis points is a fault', (amount, bps) => {
    expect(() => shareOf(amount, bps)).toThrow(RangeError)
  })
})
