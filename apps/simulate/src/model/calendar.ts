const dayMs = 86_400_000
const indiaIsAheadMs = 19_800_000

/** The day in India, `2026-03-31`. */
export const dayOf = (at: Date): string => new Date(at.getTime() + indiaIsAheadMs).toISOString().slice(0, 10)

export const monthOf = (at: Date): string => dayOf(at).slice(0, 7)

/** The financial year and its quarter, `2026-27` and 0 to 3 from April on. */
export function taxPeriodOf(at: Date): { year: string; quarter: number } {
  const [year, month] = dayOf(at).split('-').map(Number) as [number, number]
  const first = month >= 4 ? year : year - 1
  return { year: `${first}-${String((first + 1) % 100).padStart(2, '0')}`, quarter: Math.floor(((month + 8) % 12) / 3) }
}

export const daysLater = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMs)

/** The same day `months` later, or the last of that month. */
export function monthsLater(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + months, 0))
  const clamped = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
  return clamped.toISOString().slice(0, 10)
}
