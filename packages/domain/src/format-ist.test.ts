import { expect, test } from 'vitest'
import { dateLabel, formatIst, istDateLabel } from './format-ist.ts'

test.each([
  ['2026-11-25T09:34:59.999Z', '25 Nov 2026, 3:04 pm'],
  ['2026-11-25T18:29:59.999Z', '25 Nov 2026, 11:59 pm'],
  ['2026-11-25T18:30:00.000Z', '26 Nov 2026, 12:00 am'],
  ['2026-12-31T18:30:00.000Z', '1 Jan 2027, 12:00 am'],
  ['2026-03-01T06:30:00.000Z', '1 Mar 2026, 12:00 pm'],
  ['2028-02-28T19:15:00.000Z', '29 Feb 2028, 12:45 am'],
])('%s is %s in India', (instant, text) => {
  expect(formatIst(new Date(instant))).toBe(text)
  expect(istDateLabel(new Date(instant))).toBe(text.split(',')[0])
})

test('a day of the calendar', () => {
  expect(dateLabel('2026-01-31')).toBe('31 Jan 2026')
  expect(dateLabel('2026-09-05')).toBe('5 Sep 2026')
})
