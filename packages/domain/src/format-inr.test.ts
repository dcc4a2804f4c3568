import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInr } from './format-inr.ts'
import { formatRupees } from './money.ts'

test.each([
  [0n, '₹0.00'],
  [5n, '₹0.05'],
  [99_999n, '₹999.99'],
  [100_000n, '₹1,000.00'],
  [9_999_900n, '₹99,999.00'],
  [12_345_600n, '₹1,23,456.00'],
  [1_234_567_89n, '₹12,34,567.89'],
  [100_000_000_000_000n, '₹10,00,00,00,00,000.00'],
  [-50n, '-₹0.50'],
  [-12_345_600n, '-₹1,23,456.00'],
])('%d paise are %s', (amount, text) => expect(formatInr(amount)).toBe(text))

test('only adds the rupee sign and commas to the exact amount', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (amount) => {
      expect(formatInr(amount).replaceAll(/[₹,]/g, '')).toBe(formatRupees(amount))
    }),
  )
})
