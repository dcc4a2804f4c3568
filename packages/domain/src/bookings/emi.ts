import { addMonths, type CalendarDate } from '../calendar.ts'
import { divideHalfUp, minPaise, type Paise, sumPaise } from '../money.ts'

export const longestEmiMonths = 60

/** One instalment; `amount = principal + interest`. */
export type Instalment = {
  /** From 1. */
  readonly number: number
  readonly dueDate: CalendarDate
  readonly amount: Paise
  readonly principal: Paise
  readonly interest: Paise
}

export type EmiTerms = {
  readonly financed: Paise
  /** 1 to 60. */
  readonly months: number
  readonly annualRateBps: number
  /** Due date of the first instalment. */
  readonly start: CalendarDate
}

/**
 * The instalments of a financed amount; their principals sum to it exactly. Due dates are `start` + k months, clamped to the month's end.
 * Without a rate every instalment is ⌊financed / months⌋ and the last takes the rest; with one it is the reducing-balance annuity, rounded
 * half up, and the last instalment pays whatever principal is left. An amount of nothing needs no instalments: the schedule is empty.
 */
export function emiSchedule({ financed, months, annualRateBps, start }: EmiTerms): Instalment[] {
  if (!Number.isInteger(months) || months < 1 || months > longestEmiMonths) {
    throw new RangeError(`An EMI runs from 1 to ${longestEmiMonths} months, not ${months}.`)
  }
  if (!Number.isInteger(annualRateBps) || annualRateBps < 0) throw new RangeError(`Not a yearly rate: ${annualRateBps}`)
  if (financed < 0n) throw new RangeError('Nothing less than zero can be financed.')
  if (financed === 0n) return []
  const parts = annualRateBps === 0 ? equalParts(financed, months) : annuityParts(financed, months, annualRateBps)
  return parts.map(({ principal, interest }, k) => ({
    number: k + 1,
    dueDate: addMonths(start, k),
    amount: principal + interest,
    principal,
    interest,
  }))
}

type Part = { principal: Paise; interest: Paise }

function equalParts(financed: Paise, months: number): Part[] {
  const each = financed / BigInt(months)
  const last = financed - each * BigInt(months - 1)
  return Array.from({ length: months }, (_, k) => ({ principal: k === months - 1 ? last : each, interest: 0n }))
}

/**
 * The monthly rate is bps / 120000 (a twelfth of a ten-thousandth), so the annuity P·r·(1+r)^n / ((1+r)^n − 1) is an exact fraction of
 * integers; nothing is rounded before the final paisa.
 */
function annuityParts(financed: Paise, months: number, annualRateBps: number): Part[] {
  const rate = BigInt(annualRateBps)
  const unit = 120_000n
  const grown = (unit + rate) ** BigInt(months)
  const instalment = divideHalfUp(financed * rate * grown, unit * (grown - unit ** BigInt(months)))
  let owed = financed
  return Array.from({ length: months }, (_, k) => {
    const interest = divideHalfUp(owed * rate, unit)
    const principal = k === months - 1 ? owed : minPaise(instalment - interest, owed)
    owed -= principal
    return { principal, interest }
  })
}

export type InstalmentStatus = 'pending' | 'partial' | 'paid' | 'overdue'

/** An instalment with what has reached it. `rest` is what is still owed of its principal. */
export type InstalmentState = Instalment & {
  readonly paid: Paise
  readonly rest: Paise
  readonly status: InstalmentStatus
}

/** What a booking has received, and the schedule that the money is laid against. */
export type EmiProgress = {
  readonly bookingAmount: Paise
  readonly totalPaid: Paise
  readonly schedule: readonly Instalment[]
}

/**
 * Lays what a booking has received against its booking amount first, then against the oldest unpaid instalments, and tells how each stands
 * on the day `today`. A partial instalment stays partial until it is past due; past due means that its date is before today.
 *
 * Only principal is counted: a booking's total is the vehicle's price, so a booking whose total is paid has every instalment paid.
 * Interest, where a plan has a rate, is stated in the schedule and owed beside the price; payments of a booking never go to it.
 */
export function applyToInstalments(
  { bookingAmount, totalPaid, schedule }: EmiProgress,
  today: CalendarDate,
): { bookingAmountPaid: Paise; instalments: InstalmentState[]; emiPaidCount: number } {
  const bookingAmountPaid = minPaise(bookingAmount, totalPaid)
  let left = totalPaid - bookingAmountPaid
  const isBookingAmountPaid = bookingAmountPaid === bookingAmount
  const instalments = schedule.map((instalment): InstalmentState => {
    const paid = minPaise(instalment.principal, left)
    left -= paid
    const isPaid = isBookingAmountPaid && paid === instalment.principal
    const status = isPaid ? 'paid' : instalment.dueDate < today ? 'overdue' : paid > 0n ? 'partial' : 'pending'
    return { ...instalment, paid, rest: instalment.principal - paid, status }
  })
  return { bookingAmountPaid, instalments, emiPaidCount: instalments.filter(({ status }) => status === 'paid').length }
}

/**
 * What an EMI booking owes now: the rest of its booking amount and of every instalment due by `today`; when nothing is due, the rest of
 * the next unpaid instalment. Nothing when all is paid.
 */
export function dueNow(progress: EmiProgress, today: CalendarDate): Paise {
  const { bookingAmountPaid, instalments } = applyToInstalments(progress, today)
  const due = instalments.filter(({ dueDate }) => dueDate <= today)
  const owed = progress.bookingAmount - bookingAmountPaid + sumPaise(due.map(({ rest }) => rest))
  if (owed > 0n) return owed
  return instalments.find(({ rest }) => rest > 0n)?.rest ?? 0n
}
