import { expect, test } from 'vitest'
import { isAdult } from './age.ts'
import { referralCode } from './referral-code.ts'

test('a referral code is drawn from unambiguous characters without bias', () => {
  const counts = new Map<string, number>()
  for (let byte = 0; byte < 256; byte += 1) {
    const code = referralCode(new Uint8Array(8).fill(byte))
    expect(code).toMatch(/^REF[2-9A-HJ-NP-Z]{8}$/)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  expect(counts.size).toBe(32)
  expect(new Set(counts.values())).toEqual(new Set([8]))
  expect(() => referralCode(new Uint8Array(7))).toThrow('Too few random bytes')
})

test.each([
  ['2008-06-15', '2026-06-14T18:29:59.999Z', false],
  ['2008-06-15', '2026-06-14T18:30:00.000Z', true],
  ['2008-06-16', '2026-06-15T06:30:00.000Z', false],
  ['1990-01-01', '2026-06-15T06:30:00.000Z', true],
  ['2008-02-29', '2026-02-27T06:30:00.000Z', false],
  ['2008-02-29', '2026-02-28T06:30:00.000Z', true],
])('born %s, at %s of age: %s', (dateOfBirth, now, isOfAge) => {
  expect(isAdult(dateOfBirth, new Date(now))).toBe(isOfAge)
})
