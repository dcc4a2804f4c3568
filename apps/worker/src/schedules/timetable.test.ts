import { expect, test } from 'vitest'
import { scheduleCatalogue } from './catalogue.ts'
import { createTimetable } from './timetable.ts'

const minuteMs = 60_000
const start = new Date('2026-11-20T06:00:00.000Z')
const after = (ms: number) => new Date(start.getTime() + ms)

/** The seconds after `start` at which each schedule falls due within `seconds`, looked at every second. */
function timesOf(seconds: number): Map<string, number[]> {
  const timetable = createTimetable(scheduleCatalogue, start)
  const times = new Map<string, number[]>()
  for (let second = 1; second <= seconds; second += 1)
    for (const { name } of timetable.due(after(second * 1_000))) times.set(name, [...(times.get(name) ?? []), second])
  return times
}

test('each schedule falls due at its times, by India’s clock, which is half an hour off', () => {
  const times = timesOf(3_600)
  const everyMinute = (second: number) =>
    Array.from({ length: 60 }, (_, minute) => minute * 60 + second).filter((each) => each > 0)
  expect(times.get('expire-bookings')).toEqual([...everyMinute(0), 3_600])
  expect(times.get('start-month')).toEqual(everyMinute(5))
  expect(times.get('take-up-plan')).toEqual(everyMinute(10))
  expect(times.get('follow-transfers')).toEqual(everyMinute(20))
  expect(times.get('credit-held-commissions')).toEqual([0, 10, 20, 30, 40, 50].map((minute) => minute * 60 + 30))
  // It is half past eleven in India, so that ten past the hour there is forty past here.
  expect(times.get('mark-overdue')).toEqual([40 * 60])
  expect(times.get('clean-up')).toEqual([50 * 60])
  expect(times.get('verify-ledger')).toEqual([3_600])
})

test('no two schedules fall due in the same second of a minute’s work, so that they do not wait for each other', () => {
  const seconds = scheduleCatalogue
    .filter(({ pattern }) => pattern.endsWith(' * * * * *'))
    .map(({ pattern }) => pattern)
  expect(new Set(seconds).size).toBe(seconds.length)
})

test('after days away each is due once, and then at its next time', () => {
  const timetable = createTimetable(scheduleCatalogue, start)
  const back = after(3 * 86_400_000 + 30_500)
  expect(timetable.due(back).map(({ name }) => name)).toEqual(scheduleCatalogue.map(({ name }) => name))
  expect(timetable.due(back)).toEqual([])
  const next = new Date(back.getTime() + 30_000)
  expect(timetable.due(next).map(({ name }) => name)).toEqual(['expire-bookings'])
})

test('what falls due at the very moment of the start waits for the next time', () => {
  const timetable = createTimetable(scheduleCatalogue, start)
  expect(timetable.due(start)).toEqual([])
})

test('a clock that was set back by a month calls for nothing at once, and goes on from there', () => {
  const timetable = createTimetable(scheduleCatalogue, start)
  const monthBefore = after(-30 * 86_400_000)
  expect(timetable.due(monthBefore)).toEqual([])
  const names = timetable.due(new Date(monthBefore.getTime() + minuteMs)).map(({ name }) => name)
  expect(names).toContain('expire-bookings')
})
