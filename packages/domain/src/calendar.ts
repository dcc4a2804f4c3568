/** A point in time. Every rule that depends on time takes one as a parameter. */
export type Instant = Date

/** A day of the calendar in India, `'2026-01-31'`. */
export type CalendarDate = string

/** A month of the calendar in India, `'2026-04'`. */
export type CalendarMonth = string

/** Quarters of the financial year: Q1 is April to June, Q4 is January to March. */
export const quarters = ['Q1', 'Q2', 'Q3', 'Q4'] as const

export type Quarter = (typeof quarters)[number]

const msPerDay = 86_400_000

/** Asia/Kolkata has been UTC+05:30 without daylight saving since 1945, so a fixed offset is exact for every date used here. */
const istOffsetMs = (5 * 60 + 30) * 60_000

/** The day in India at an instant. */
export function istDate(instant: Instant): CalendarDate {
  return inIndia(instant).toISOString().slice(0, 10)
}

/** The month in India at an instant, `'2026-04'`. */
export function istMonth(instant: Instant): CalendarMonth {
  return istDate(instant).slice(0, 7)
}

/** The Indian financial year, April to March, in which an instant falls, written `'2026-27'`. */
export function financialYear(instant: Instant): string {
  const local = inIndia(instant)
  const first = local.getUTCMonth() >= 3 ? local.getUTCFullYear() : local.getUTCFullYear() - 1
  return `${first}-${String((first + 1) % 100).padStart(2, '0')}`
}

const quarterOfMonth: readonly Quarter[] = ['Q4', 'Q4', 'Q4', 'Q1', 'Q1', 'Q1', 'Q2', 'Q2', 'Q2', 'Q3', 'Q3', 'Q3']

/** The quarter of the financial year: Q1 is April to June, Q4 is January to March. */
export function quarter(instant: Instant): Quarter {
  return quarterOfMonth[inIndia(instant).getUTCMonth()]!
}

/** Whether the text is a financial year, written `2026-27`. */
export function isFinancialYear(text: string): boolean {
  if (!/^(19|20)[0-9]{2}-[0-9]{2}$/.test(text)) return false
  return Number(text.slice(5)) === (Number(text.slice(0, 4)) + 1) % 100
}

/** The first instant of a quarter in India, and the first instant after it. */
export function quarterPeriod(financialYear: string, quarter: Quarter): { from: Instant; until: Instant } {
  const first = addMonths(`${financialYear.slice(0, 4)}-04-01`, 3 * quarters.indexOf(quarter))
  return { from: startOfIstDay(first), until: startOfIstDay(addMonths(first, 3)) }
}

/** Whether the text is a day that exists, written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false
  const { year, month, day } = partsOf(text)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/**
 * The same day of the month `months` later (or earlier), clamped to the month's end. Clamping looks at the given date only:
 * 31 January + 1 is 28 February and 31 January + 2 is 31 March, so a schedule adds to its start, never to its last date.
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  if (!isCalendarDate(date)) throw new RangeError(`Not a calendar date: ${date}`)
  const { year, month, day } = partsOf(date)
  const monthsSinceYearZero = year * 12 + (month - 1) + months
  const toYear = Math.floor(monthsSinceYearZero / 12)
  const toMonth = monthsSinceYearZero - toYear * 12 + 1
  const toDay = Math.min(day, daysInMonth(toYear, toMonth))
  return `${String(toYear).padStart(4, '0')}-${String(toMonth).padStart(2, '0')}-${String(toDay).padStart(2, '0')}`
}

/** The instant exactly `days` × 24 hours later (or earlier). */
export function addDays(instant: Instant, days: number): Instant {
  return new Date(instant.getTime() + days * msPerDay)
}

/** The first instant of a day in India. */
export function startOfIstDay(date: CalendarDate): Instant {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) - istOffsetMs)
}

/** The last millisecond of a day in India. */
export function endOfIstDay(date: CalendarDate): Instant {
  return new Date(startOfIstDay(date).getTime() + msPerDay - 1)
}

/** The first instant of a month in India; `startOfIstMonth('2026-04')` is 2026-03-31T18:30:00Z. */
export function startOfIstMonth(month: CalendarMonth): Instant {
  return startOfIstDay(`${month}-01`)
}

/** The first instant after a month in India. */
export function endOfIstMonth(month: CalendarMonth): Instant {
  return startOfIstDay(addMonths(`${month}-01`, 1))
}

/** A date whose UTC fields read as the wall clock in India. */
function inIndia(instant: Instant): Date {
  return new Date(instant.getTime() + istOffsetMs)
}

function partsOf(date: CalendarDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!
}
