import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountInWords } from './amount-in-words.ts'

test.each([
  [0n, 'zero rupees'],
  [1n, 'one paisa'],
  [50n, 'fifty paise'],
  [100n, 'one rupee'],
  [200_00n, 'two hundred rupees'],
  [1_999_99n, 'one thousand nine hundred ninety-nine rupees and ninety-nine paise'],
  [1_00_000_00n, 'one lakh rupees'],
  [12_34_567_08n, 'twelve lakh thirty-four thousand five hundred sixty-seven rupees and eight paise'],
  [1_00_00_000_00n, 'one crore rupees'],
  [10_00_00_00_00_000_00n, 'one lakh crore rupees'],
  [-5_000_00n, 'minus five thousand rupees'],
])('%d paise are %s', (amount, words) => expect(amountInWords(amount)).toBe(words))

test('different amounts have different words', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 14n })
  fc.assert(
    fc.property(amount, amount, (one, other) => {
      fc.pre(one !== other)
      expect(amountInWords(one)).not.toBe(amountInWords(other))
    }),
  )
})
