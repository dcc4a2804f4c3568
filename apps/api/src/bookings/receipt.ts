import type { bookings, payments, users } from '@ev/db'
import {
  acceptsPayments,
  applyToInstalments,
  type BookingStatus,
  type Company,
  dateLabel,
  formatInr,
  formatIst,
  type Instant,
  istDate,
  type PaymentMethod,
  type PaymentStatus,
  remainingOf,
} from '@ev/domain'
import type { Paper } from '../documents/paper.ts'

export type Receipt = {
  readonly booking: bookings.BookingDetails
  readonly member: users.User
  readonly payments: readonly payments.PaymentRow[]
  readonly instalments: readonly bookings.InstalmentRow[]
  readonly company: Company
  readonly now: Instant
}

const statusWords: Readonly<Record<BookingStatus, string>> = {
  pending: 'Pending',
  active: 'Confirmed',
  completed: 'Paid in full',
  expired: 'Expired',
  cancelled: 'Cancelled',
}

const methodWords: Readonly<Record<PaymentMethod, string>> = {
  online: 'Online',
  bank_transfer: 'Bank transfer',
  cash: 'Cash',
  wallet: 'Wallet',
  emi_deduction: 'EMI deduction',
}

const paymentWords: Readonly<Record<PaymentStatus, string>> = {
  pending: 'Awaiting confirmation',
  completed: 'Received',
  failed: 'Failed',
  refunded: 'Refunded',
}

const instalmentWords = { pending: 'Open', partial: 'Partly paid', paid: 'Paid', overdue: 'Overdue' } as const

/** What stands on a booking's receipt. A payment that was given back in part stands there with what is left of it. */
export function receiptPaper(receipt: Receipt): Paper {
  const { booking, company, now } = receipt
  return {
    company,
    issuedAt: now,
    title: 'Booking receipt',
    subtitle: booking.bookingNumber,
    facts: factsOf(receipt),
    tables: [paymentTable(receipt), ...(receipt.instalments.length > 0 ? [instalmentTable(receipt)] : [])],
    notes: [
      'Payments that await confirmation or have failed are not part of what was received.',
      'This receipt was made by a computer and needs no signature.',
    ],
  }
}

function factsOf({ booking, member }: Receipt): Paper['facts'] {
  const { vehicle, totalAmount, totalPaid } = booking
  const options = [booking.vehicleColor, booking.batteryVariant].filter(Boolean).join(', ')
  const delivery = [booking.deliveryCity, booking.deliveryState, booking.deliveryPin].filter(Boolean).join(', ')
  return [
    ['Member', `${member.firstName} ${member.lastName}`.trim() || member.username],
    ['Member code', member.referralCode],
    ['Vehicle', `${vehicle.name} (${vehicle.modelCode})${options && `, ${options}`}`],
    ['Delivery', delivery || 'Not given yet'],
    ['Booked', formatIst(booking.createdAt)],
    ['Status', statusWords[booking.status]],
    ['Price', formatInr(totalAmount)],
    ['Booking amount', formatInr(booking.bookingAmount)],
    ['Received', formatInr(totalPaid)],
    ['Remaining', formatInr(acceptsPayments(booking.status) ? remainingOf({ total: totalAmount, totalPaid }) : 0n)],
  ]
}

function paymentTable({ booking, payments }: Receipt): Paper['tables'][number] {
  return {
    heading: 'Payments',
    columns: [
      { title: 'No.', width: 0.6 },
      { title: 'Date', width: 2.4 },
      { title: 'Method', width: 1.2 },
      { title: 'Transaction', width: 1.8 },
      { title: 'Status', width: 1.5 },
      { title: 'Amount', align: 'right', width: 1.5 },
      { title: 'Given back', align: 'right', width: 1.5 },
    ],
    rows: payments.map((payment) => [
      String(payment.id),
      formatIst(payment.completedAt ?? payment.createdAt),
      methodWords[payment.paymentMethod],
      payment.transactionId ?? '',
      paymentWords[payment.status],
      formatInr(payment.amount),
      payment.refundedAmount > 0n ? formatInr(payment.refundedAmount) : '',
    ]),
    totals: ['', 'Received, net', '', '', '', formatInr(booking.totalPaid), ''],
  }
}

function instalmentTable({ booking, instalments, now }: Receipt): Paper['tables'][number] {
  const progress = { bookingAmount: booking.bookingAmount, totalPaid: booking.totalPaid, schedule: instalments }
  const current = acceptsPayments(booking.status) ? applyToInstalments(progress, istDate(now)).instalments : null
  return {
    heading: 'Instalments',
    columns: [
      { title: 'No.', width: 0.6 },
      { title: 'Due' },
      { title: 'Status' },
      { title: 'Amount', align: 'right' },
      { title: 'Paid', align: 'right' },
    ],
    rows: instalments.map((row, index) => [
      String(row.number),
      dateLabel(row.dueDate),
      instalmentWords[current?.[index]?.status ?? row.status],
      formatInr(row.amount),
      formatInr(row.paidAmount),
    ]),
  }
}
