import { actorKinds, bookingEvents, readBookingHistory } from '@ev/application'
import { bookingStatuses, nextStatuses, paymentMethods } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, idNumber, instant, rupees } from '../http/index.ts'

const historyView = z.object({
  booking: idNumber,
  booking_number: z.string(),
  status: z.enum(bookingStatuses),
  next_statuses: z.array(z.enum(bookingStatuses)),
  events: z
    .array(
      z.object({
        event: z.enum(bookingEvents).meta({ description: 'What happened.' }),
        at: instant.meta({ description: 'When it happened.' }),
        amount: rupees.nullable(),
        actor: z.enum(actorKinds).meta({ description: 'Which kind of user did it, or the platform by itself.' }),
        payment: idNumber.nullable().meta({ description: 'The id of the payment that it is about; null for others.' }),
        payment_method: z.enum(paymentMethods).nullable(),
        note: z.string().meta({ description: 'The reason that was given; may be empty.' }),
      }),
    )
    .meta({ description: 'What happened, oldest first.' }),
})

export const getBookingHistoryRoute = defineRoute({
  method: 'get',
  path: '/booking/bookings/{id}/history/',
  summary: 'What has happened to a booking',
  description: 'Oldest first: placed, payments and their confirmation or failure, refunds, and how it ended.',
  access: 'member',
  limit: 'booking',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: historyView },
  refusals: ['booking.not_found'],
  async handle(deps, { actor, params }) {
    const { booking, events } = await readBookingHistory(deps, { actor, bookingId: params.id })
    return {
      booking: booking.id,
      booking_number: booking.bookingNumber,
      status: booking.status,
      next_statuses: [...nextStatuses(booking.status)],
      events: events.map(({ event, at, amount, by, paymentId, method, note }) => ({
        event,
        at,
        amount,
        actor: by,
        payment: paymentId,
        payment_method: method,
        note,
      })),
    }
  },
})
