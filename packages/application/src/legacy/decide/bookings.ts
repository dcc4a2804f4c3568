import type { LegacyRecord, takeOver } from '@ev/db'
import {
  addDays,
  addMonths,
  applyToInstalments,
  type BookingStatus,
  emiSchedule,
  isClosed,
  istDate,
  longestEmiMonths,
  maxPaise,
  minPaise,
  type Paise,
  sumPaise,
} from '@ev/domain'
import type { Discrepancies } from '../discrepancies.ts'
import { bookingStatuses } from '../mapping.ts'
import {
  dateOrNull,
  flagOf,
  greatest,
  groupBy,
  idOf,
  idOrNull,
  instantOf,
  instantOrNull,
  paiseOf,
  textOf,
  textOrNull,
  wordOf,
} from '../values.ts'
import type { BookingSources } from './booking-sources.ts'
import { presentOrNull } from './papers.ts'
import { type BookingPayments, decidePayments, type OpeningJournal, settlePayments } from './payments.ts'

type BookingRow = takeOver.NewRows['bookings']
type InstalmentRow = takeOver.NewRows['instalments']

export type DecidedBookings = {
  readonly bookings: BookingRow[]
  readonly instalments: InstalmentRow[]
  readonly payments: takeOver.NewRows['payments'][]
  readonly refunds: takeOver.NewRows['refunds'][]
  readonly journals: OpeningJournal[]
}

/**
 * Bookings with what they received. Money of bookings is history that can be posted exactly: each completed payment is an entry of its own,
 * dated when it was completed, so that sales of earlier periods read as they were.
 */
export function decideBookings(
  { bookings, payments }: { bookings: readonly LegacyRecord[]; payments: readonly LegacyRecord[] },
  sources: BookingSources,
): DecidedBookings {
  const { members, vehicles, found } = sources
  const decided: DecidedBookings = { bookings: [], instalments: [], payments: [], refunds: [], journals: [] }
  const usable = bookings.filter(
    (row) => members.has(idOf(row, 'user_id')) && vehicles.has(idOf(row, 'vehicle_model_id')),
  )
  const known = new Set(usable.map((row) => idOf(row)))
  for (const row of bookings) if (!known.has(idOf(row))) found.add('row.orphan', `booking ${idOf(row)}`)
  const numbering = { next: 1 + greatest(payments.map((row) => idOf(row))), nextRefund: 1 }
  const transactionIds = new Set<string>()
  const paymentsOf = groupBy(payments, 'booking_id')
  for (const [bookingId, rows] of paymentsOf) {
    if (!known.has(bookingId))
      for (const row of rows) found.add('row.orphan', `payment ${idOf(row)}`, { amount: paiseOf(row, 'amount') })
  }
  for (const row of usable) {
    const received = decidePayments(paymentsOf.get(idOf(row)) ?? [], { ...sources, transactionIds })
    const { booking, instalments } = decideBooking(row, received, sources)
    const settled = settlePayments(received, { booking, numbering, found, now: sources.now })
    decided.bookings.push(booking)
    decided.instalments.push(...instalments)
    decided.payments.push(...settled.payments)
    decided.refunds.push(...settled.refunds)
    decided.journals.push(...settled.journals)
  }
  return decided
}

function decideBooking(
  row: LegacyRecord,
  received: BookingPayments,
  { members, found, now, planVersion }: BookingSources,
): { booking: BookingRow; instalments: InstalmentRow[] } {
  const id = idOf(row)
  const subject = `booking ${id}`
  const total = maxPaise(paiseOf(row, 'total_amount'), 0n)
  const word = wordOf(bookingStatuses, textOf(row, 'status'))
  if (word === null) found.add('word.unknown', `status of ${subject}`, { note: textOf(row, 'status', 20) })
  const totalPaid = paidOf(row, { status: word ?? 'pending', total, subject, found })
  reportPayments(row, received, { status: word ?? 'pending', subject, found })
  const status = statusOf(word ?? 'pending', { total, totalPaid })
  if (status !== word)
    found.add('booking.status', subject, {
      amount: total - totalPaid,
      note: `${textOf(row, 'status', 20)} → ${status}`,
    })
  const createdAt = instantOf(row, 'created_at', now)
  const updatedAt = instantOf(row, 'updated_at', createdAt)
  const bookingAmount = minPaise(maxPaise(paiseOf(row, 'booking_amount'), 0n), total)
  const schedule = scheduleOf(row, { financed: total - bookingAmount, createdAt })
  if (schedule === null && textOf(row, 'payment_option') === 'emi_options') found.add('booking.schedule', subject)
  const progress = applyToInstalments({ bookingAmount, totalPaid, schedule: schedule ?? [] }, istDate(now))
  const isConfirmed = status === 'active' || status === 'completed'
  const booking: BookingRow = {
    id,
    bookingNumber: textOf(row, 'booking_number', 50),
    userId: idOf(row, 'user_id'),
    vehicleId: idOf(row, 'vehicle_model_id'),
    vehicleColor: textOrNull(row, 'vehicle_color', 50),
    batteryVariant: textOrNull(row, 'battery_variant', 50),
    bookingAmount,
    totalAmount: total,
    totalPaid,
    paymentOption: schedule === null ? 'full_payment' : 'emi_options',
    status,
    referredById: presentOrNull(members, idOrNull(row, 'referred_by_id')),
    planVersion,
    joinDistributorProgram: flagOf(row, 'join_distributor_program'),
    deliveryCity: textOrNull(row, 'delivery_city', 100),
    deliveryState: textOrNull(row, 'delivery_state', 100),
    deliveryPin: textOrNull(row, 'delivery_pin', 10),
    termsAccepted: flagOf(row, 'terms_accepted'),
    ipAddress: textOrNull(row, 'ip_address', 45),
    emiDurationMonths: schedule?.length ?? null,
    emiStartDate: schedule?.[0]?.dueDate ?? null,
    emiAmount: schedule?.[0]?.amount ?? null,
    emiPaidCount: progress.emiPaidCount,
    emiTotalCount: schedule?.length ?? 0,
    cancelReason: textOrNull(row, 'cancel_reason', 1_000),
    expiresAt: instantOf(row, 'expires_at', addDays(createdAt, 30)),
    confirmedAt: instantOrNull(row, 'confirmed_at') ?? (isConfirmed ? updatedAt : null),
    completedAt: status === 'completed' ? instantOf(row, 'completed_at', updatedAt) : null,
    createdAt,
    updatedAt,
  }
  const instalments = progress.instalments.map(
    ({ number, dueDate, amount, principal, interest, paid, status: state }): InstalmentRow => ({
      bookingId: id,
      number,
      dueDate,
      amount,
      principal,
      interest,
      paidAmount: paid,
      status: state,
      paidAt: state === 'paid' ? updatedAt : null,
    }),
  )
  return { booking, instalments }
}

/** What the booking received, as it stands; what is above the total is no payment of this booking. */
function paidOf(
  row: LegacyRecord,
  { status, total, subject, found }: { status: BookingStatus; total: Paise; subject: string; found: Discrepancies },
): Paise {
  const stated = maxPaise(paiseOf(row, 'total_paid'), 0n)
  if (isClosed(status)) {
    if (stated > 0n) found.add('booking.closed_with_money', subject, { amount: stated })
    return 0n
  }
  if (stated > total) found.add('booking.overpaid', subject, { amount: stated - total })
  return minPaise(stated, total)
}

function reportPayments(
  row: LegacyRecord,
  { counted }: BookingPayments,
  { status, subject, found }: { status: BookingStatus; subject: string; found: Discrepancies },
): void {
  const sum = sumPaise(counted.map(({ amount }) => BigInt(amount)))
  const stated = paiseOf(row, 'total_paid')
  if (sum !== stated && !(isClosed(status) && stated === 0n))
    found.add('booking.payments', subject, { amount: stated - sum })
}

/** A booking is completed exactly when its total is paid; what is closed stays closed. */
function statusOf(word: BookingStatus, { total, totalPaid }: { total: Paise; totalPaid: Paise }): BookingStatus {
  if (isClosed(word)) return word
  if (totalPaid === total) return 'completed'
  return word === 'completed' ? 'active' : word
}

/** The schedule by today's rules without interest, as the replaced platform had none; null for a booking that is paid at once. */
function scheduleOf(row: LegacyRecord, { financed, createdAt }: { financed: Paise; createdAt: Date }) {
  if (textOf(row, 'payment_option') !== 'emi_options') return null
  const months = Number(row['emi_duration_months'] ?? row['emi_total_count'] ?? 0)
  if (!Number.isInteger(months) || months < 1 || months > longestEmiMonths) return null
  const start = dateOrNull(row, 'emi_start_date') ?? addMonths(istDate(createdAt), 1)
  return emiSchedule({ financed, months, annualRateBps: 0, start })
}
