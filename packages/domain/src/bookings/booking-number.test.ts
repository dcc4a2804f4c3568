import { expect, test } from 'vitest'
import { bookingNumber } from './booking-number.ts'

test('the first eight unbiased bytes make the number', () => {
  const bytes = Uint8Array.from([0, 252, 25, 255, 26, 35, 36, 253, 251, 1, 2, 3, 4, 5, 6, 7])
  expect(bookingNumber(bytes)).toBe('EVAZ09A9BC')
})

test('every symbol has the same number of bytes', () => {
  const counts = new Map<string, number>()
  for (let byte = 0; byte < 252; byte += 1) {
    const symbol = bookingNumber(new Uint8Array(8).fill(byte))[2]!
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  }
  expect(counts.size).toBe(36)
  expect(new Set(counts.values())).toEqual(new Set([7]))
})

test('too few unbiased bytes are a fault', () => {
  expect(() => bookingNumber(new Uint8Array(16).fill(252))).toThrow('Too few random bytes')
})
