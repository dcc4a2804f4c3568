import { addMonths, istDate } from '@ev/domain'
import { useSearchParams } from 'react-router'

const msPerDay = 86_400_000

/** What a report covers, in the words of the API. */
export type Days = { readonly start_date: string; readonly end_date: string }

export const spans = [
  { days: 7, label: '7 days' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: '1 year' },
] as const

/** How many days the figures by day cover, from the address (`?days=30`), and how to choose another span. */
export function useSpan(): [number, (days: number) => void] {
  const [query, setQuery] = useSearchParams()
  const asked = Number(query.get('days'))
  const { days } = spans.find((span) => span.days === asked) ?? spans[1]
  return [days, (next) => setQuery({ days: String(next) }, { replace: true })]
}

/** The last so many days in India, today included. */
export function lastDays(days: number, now = new Date()): Days {
  return { start_date: istDate(new Date(now.getTime() - (days - 1) * msPerDay)), end_date: istDate(now) }
}

/** The last twelve months in India, this one included: a report covers a year at most. */
export function lastYear(now = new Date()): Days {
  const today = istDate(now)
  return { start_date: addMonths(`${today.slice(0, 7)}-01`, -11), end_date: today }
}

/** The first and the last day of a month, `2026-04`. */
export function daysOfMonth(month: string): { readonly first: string; readonly last: string } {
  const first = `${month}-01`
  const next = new Date(`${addMonths(first, 1)}T00:00:00Z`)
  return { first, last: new Date(next.getTime() - msPerDay).toISOString().slice(0, 10) }
}

const monthNames = new Intl.DateTimeFormat('en-IN', { month: 'short', year: 'numeric', timeZone: 'UTC' })

/** `Nov 2026` */
export const monthLabel = (month: string): string => monthNames.format(new Date(`${month}-01T00:00:00Z`))
