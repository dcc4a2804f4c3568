import { ownedBy } from '@ev/application'
import { bookings } from '@ev/db'
import { acceptsPayments, applyToInstalments, istDate } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, idNumber, instant, rupees } from '../http/index.ts'

const scheduleView = z.object({
  booking: idNumber,
  booking_number: z.string(),
  financed_amount: rupees,
  emi_amount: rupees.nullable(),
  emi_paid_count: z.int(),
  emi_total_count: z.int(),
  instalments: z.array(
    z.object({
      number: z.int(),
      due_date: z.string(),
      amount: rupees,
      principal: rupees,
      interest: rupees,
      paid_amount: rupees,
      status: z.enum(['pending', 'partial', 'paid', 'overdue']),
      paid_at: instant.nullable(),
    }),
  ),
})

/** How each instalment stands today. A closed booking owes nothing more, so it is shown as it was left. */
function toScheduleView(
  booking: bookings.BookingRow,
  rows: readonly bookings.InstalmentRow[],
  today: string,
): z.output<typeof scheduleView> {
  const progress = { bookingAmount: booking.bookingAmount, totalPaid: booking.totalPaid, schedule: rows }
  const current = acceptsPayments(booking.status) ? applyToInstalments(progress, today).instalments : null
  return {
    booking: booking.id,
    booking_number: booking.bookingNumber,
    financed_amount: rows.reduce((sum, { principal }) => sum + principal, 0n),
    emi_amount: booking.emiAmount,
    emi_paid_count: booking.emiPaidCount,
    emi_total_count: booking.emiTotalCount,
    instalments: rows.map((row, index) => ({
      number: row.number,
      due_date: row.dueDate,
      amount: row.amount,
      principal: row.principal,
      interest: row.interest,
      paid_amount: row.paidAmount,
      status: current?.[index]?.status ?? row.status,
      paid_at: row.paidAt,
    })),
  }
}

export const getEmiScheduleRoute = defineRoute({
  method: 'get',
  path: '/booking/bookings/{id}/emi_schedule/',
  summary: 'The instalments of a booking',
  description: 'Empty for a booking that is paid in full. Dates are days in India.',
  access: 'member',
  limit: 'booking',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: scheduleView },
  refusals: ['booking.not_found'],
  async handle({ db, clock }, { actor, params }) {
    const booking = await bookings.get(db.read, params.id, { ownedBy: ownedBy(actor) })
    return toScheduleView(booking, await bookings.instalments(db.read, booking.id), istDate(clock.now()))
  },
})
