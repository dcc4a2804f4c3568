import { expect, test } from 'vitest'
import { inr, inWords, typedRupees } from './rupees.ts'

test('an amount of the API is written as India reads it', () => {
  expect(inr('999999999999.99')).toBe('₹9,99,99,99,99,999.99')
  expect(inr('-500.00')).toBe('-₹500.00')
  expect(inWords('150000.50')).toBe('One lakh fifty thousand rupees and fifty paise')
})

test.each([
  ['5000', '5000'],
  ['₹ 1,23,456.5', '123456.5'],
  ['0.05', '0.05'],
])('%s is typed for %s', (typed, amount) => expect(typedRupees(typed)).toBe(amount))

test.each(['', 'five', '1.234', '-5', '1e3', '12345678901234'])('%s is no amount', (typed) =>
  expect(typedRupees(typed)).toBeNull(),
)
