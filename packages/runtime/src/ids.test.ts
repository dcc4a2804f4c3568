import { expect, test } from 'vitest'
import { manualClock } from './clock.ts'
import { systemIds } from './ids.ts'

test('digits have the asked length and use every digit', () => {
  const seen = systemIds.digits(5_000)
  expect(seen).toMatch(/^\d{5000}$/)
  expect(new Set(seen).size).toBe(10)
})

test('bytes and uuids do not repeat', () => {
  expect(systemIds.bytes(16)).toHaveLength(16)
  expect(systemIds.bytes(16)).not.toEqual(systemIds.bytes(16))
  expect(systemIds.uuid()).not.toBe(systemIds.uuid())
})

test('a manual clock moves only when told, and its answers cannot be changed from outside', () => {
  const clock = manualClock(new Date('2026-04-01T00:00:00Z'))
  clock.now().setFullYear(1999)
  clock.advance(1_500)
  expect(clock.now().toISOString()).toBe('2026-04-01T00:00:01.500Z')
  clock.set(new Date('2027-01-01T00:00:00Z'))
  expect(clock.now().toISOString()).toBe('2027-01-01T00:00:00.000Z')
})

test('time-ordered uuids sort as they were made', () => {
  const made = Array.from({ length: 5_000 }, () => systemIds.timeOrderedUuid())
  expect([...made].sort()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
})
