import { addMonths, type CalendarDate, DomainError, endOfIstDay, istDate, startOfIstDay } from '@ev/domain'

/** Days of India's calendar, both included. */
export type ReportDays = { readonly startDate: CalendarDate; readonly endDate: CalendarDate }

/** The instants from which and before which the days lie. */
export type ReportPeriod = ReportDays & { readonly from: Date; readonly before: Date }

const msPerDay = 86_400_000
const longestDays = 366
const usualDays = 30

/**
 * The period that a report was asked for: without a start the thirty days up to the end, without an end up to today. Refuses with
 * `validation.failed` one that ends before it begins, or is longer than a year.
 */
export function reportPeriod(asked: Partial<ReportDays>, now: Date): ReportPeriod {
  const endDate = asked.endDate ?? later(istDate(now), asked.startDate)
  const startDate = asked.startDate ?? istDate(new Date(startOfIstDay(endDate).getTime() - (usualDays - 1) * msPerDay))
  const days = daysIn({ startDate, endDate })
  if (days < 1) throw refused('end_date', 'Must not be before start_date.')
  if (days > longestDays) throw refused('start_date', `A report covers at most ${longestDays} days.`)
  return { startDate, endDate, from: startOfIstDay(startDate), before: new Date(endOfIstDay(endDate).getTime() + 1) }
}

function later(a: CalendarDate, b: CalendarDate | undefined): CalendarDate {
  return b !== undefined && b > a ? b : a
}

function daysIn({ startDate, endDate }: ReportDays): number {
  return Math.round((startOfIstDay(endDate).getTime() - startOfIstDay(startDate).getTime()) / msPerDay) + 1
}

/** Every day of the period, in order. */
export function daysOf(period: ReportDays): CalendarDate[] {
  const first = startOfIstDay(period.startDate).getTime()
  return Array.from({ length: daysIn(period) }, (_, day) => istDate(new Date(first + day * msPerDay)))
}

/** Every month that the period touches, in order. */
export function monthsOf({ startDate, endDate }: ReportDays): string[] {
  const months: string[] = []
  for (let day = `${startDate.slice(0, 7)}-01`; day <= endDate; day = addMonths(day, 1)) months.push(day.slice(0, 7))
  return months
}

function refused(field: string, reason: string): DomainError {
  return new DomainError('validation.failed', { reason }, field)
}
