import { type CalendarDate, type Instant, istDate } from './calendar.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Asia/Kolkata is UTC+05:30. */
const istOffsetMinutes = 5 * 60 + 30
const minutesADay = 24 * 60

/** An instant as people in India read it, `25 Nov 2026, 3:04 pm`. */
export function formatIst(instant: Instant): string {
  const minutes = (instant.getUTCHours() * 60 + instant.getUTCMinutes() + istOffsetMinutes) % minutesADay
  const hour = Math.floor(minutes / 60)
  const minute = String(minutes % 60).padStart(2, '0')
  return `${istDateLabel(instant)}, ${hour % 12 || 12}:${minute} ${hour < 12 ? 'am' : 'pm'}`
}

/** The day in India at an instant, `25 Nov 2026`. */
export function istDateLabel(instant: Instant): string {
  return dateLabel(istDate(instant))
}

/** A day of the calendar, `25 Nov 2026`. */
export function dateLabel(date: CalendarDate): string {
  return `${Number(date.slice(8, 10))} ${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`
}
