import { addDays, addMonths, type CalendarDate, type Instant, isCalendarDate, istDate } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import { type BookableVehicle, requireBookable, requireOptions, type Stock, takeUnit } from '../inventory/vehicle.ts'
import { formatRupees, type Paise } from '../money.ts'
import type { CompensationPlan } from '../plan.ts'
import type { Booking, PaymentOption } from './booking.ts'
import { emiSchedule, type Instalment, longestEmiMonths } from './emi.ts'

/** A first instalment that is due later than this is taken for a mistake. */
const latestEmiStartMonths = 12

export type PlaceBookingInput = {
  readonly userId: number
  /** Who referred this booking, when it names someone. */
  readonly referrerId: number | null
  readonly vehicle: BookableVehicle
  readonly color: string | null
  readonly batteryVariant: string | null
  readonly bookingAmount: Paise
  /** The total that the client saw, when it sends one; the price decides. */
  readonly totalAmount: Paise | null
  readonly paymentOption: PaymentOption
  readonly emiMonths: number | null
  /** Due date of the first instalment; one month after the booking when null. */
  readonly emiStart: CalendarDate | null
  readonly isTermsAccepted: boolean
}

/** A booking before it has an id and a number, its EMI terms and instalments (empty for full payment), and the stock that is left. */
export type PlacedBooking = {
  readonly booking: Omit<Booking, 'id' | 'number'>
  readonly emi: { readonly months: number; readonly start: CalendarDate } | null
  readonly instalments: readonly Instalment[]
  readonly stock: Stock
  readonly planVersion: number
}

/**
 * Places a booking at `now` and takes one unit of the vehicle's stock. Refuses, in this order: terms not accepted, self-referral, a
 * vehicle or option that cannot be booked, a total that is not the price, a booking amount below the plan's minimum or above the total,
 * EMI terms that are missing or out of bounds. Every refusal names its field.
 */
export function placeBooking(input: PlaceBookingInput, plan: CompensationPlan, now: Instant): PlacedBooking {
  const total = input.vehicle.price
  if (!input.isTermsAccepted) throw new DomainError('booking.terms_not_accepted', {}, 'terms_accepted')
  if (input.referrerId === input.userId) throw new DomainError('user.self_referral', {}, 'referral_code')
  requireBookable(input.vehicle)
  requireOptions(input.vehicle, input)
  requireAmounts(input, total, plan)
  const emi = emiTerms(input, now)
  const instalments = emi
    ? emiSchedule({ ...emi, financed: total - input.bookingAmount, annualRateBps: plan.emiAnnualRateBps })
    : []
  return {
    booking: {
      userId: input.userId,
      status: 'pending',
      total,
      bookingAmount: input.bookingAmount,
      totalPaid: 0n,
      paymentOption: input.paymentOption,
      expiresAt: addDays(now, plan.bookingExpiryDays),
      confirmedAt: null,
      completedAt: null,
      referrerId: input.referrerId,
    },
    emi,
    instalments,
    stock: takeUnit(input.vehicle),
    planVersion: plan.version,
  }
}

function requireAmounts({ totalAmount, bookingAmount }: PlaceBookingInput, total: Paise, plan: CompensationPlan): void {
  if (totalAmount !== null && totalAmount !== total) {
    throw new DomainError('booking.total_differs', { total: formatRupees(total) }, 'total_amount')
  }
  if (bookingAmount < plan.minPreBooking) {
    throw new DomainError('booking.amount_too_small', { minimum: formatRupees(plan.minPreBooking) }, 'booking_amount')
  }
  if (bookingAmount > total) {
    throw new DomainError('booking.amount_exceeds_total', { total: formatRupees(total) }, 'booking_amount')
  }
}

function emiTerms(input: PlaceBookingInput, now: Instant): PlacedBooking['emi'] {
  if (input.paymentOption === 'full_payment') return null
  const { emiMonths, emiStart } = input
  if (emiMonths === null || !Number.isInteger(emiMonths) || emiMonths < 1 || emiMonths > longestEmiMonths) {
    throw new DomainError('booking.emi_months_required', { from: 1, to: longestEmiMonths }, 'emi_duration_months')
  }
  if (emiStart !== null && !isCalendarDate(emiStart)) {
    throw new DomainError('validation.failed', { reason: 'A date YYYY-MM-DD is expected.' }, 'emi_start_date')
  }
  const today = istDate(now)
  if (emiStart !== null && (emiStart < today || emiStart > addMonths(today, latestEmiStartMonths))) {
    const reason = `The first instalment is due from today to ${latestEmiStartMonths} months from now.`
    throw new DomainError('validation.failed', { reason }, 'emi_start_date')
  }
  return { months: emiMonths, start: emiStart ?? addMonths(today, 1) }
}
