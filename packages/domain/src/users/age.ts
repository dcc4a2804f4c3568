import { addMonths, type CalendarDate, type Instant, istDate } from '../calendar.ts'

const yearsOfAge = 18

/**
 * Whether someone is of age at `now`: on the eighteenth birthday in India and after it. A birthday on 29 February falls on the 28th in
 * other years.
 */
export function isAdult(dateOfBirth: CalendarDate, now: Instant): boolean {
  return addMonths(dateOfBirth, yearsOfAge * 12) <= istDate(now)
}
