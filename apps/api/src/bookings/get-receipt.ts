import { companyOf, ownedBy } from '@ev/application'
import { bookings, payments, users } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { paper } from '../documents/paper.ts'
import { entityId } from '../http/index.ts'
import { receiptPaper } from './receipt.ts'

export const getReceiptRoute = defineRoute({
  method: 'get',
  path: '/booking/bookings/{id}/receipt.pdf',
  summary: 'The receipt of a booking',
  description:
    'A PDF: what was booked, what was paid and given back, and the instalments if there are any. Days are those of India.',
  access: 'member',
  limit: 'booking',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, file: 'application/pdf' },
  refusals: ['booking.not_found'],
  async handle({ db: { read }, clock }, { actor, params }) {
    const booking = await bookings.get(read, params.id, { ownedBy: ownedBy(actor) })
    const receipt = receiptPaper({
      booking,
      member: await users.get(read, booking.userId),
      payments: await payments.listOfBooking(read, booking.id),
      instalments: await bookings.instalments(read, booking.id),
      company: await companyOf(read),
      now: clock.now(),
    })
    return { content: await paper(receipt), filename: `receipt-${booking.bookingNumber}.pdf` }
  },
})
