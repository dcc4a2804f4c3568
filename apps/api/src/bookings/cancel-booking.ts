import { cancelBooking } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, textLine } from '../http/index.ts'
import { bookingView, toBookingView } from './booking.view.ts'

export const cancelBookingRoute = defineRoute({
  method: 'post',
  path: '/booking/bookings/{id}/cancel/',
  summary: 'Cancel a booking',
  description:
    'A pending or active booking, by its member or by staff. What it received goes to the member’s wallet, and the referral bonuses of its payments are taken back.',
  access: 'member',
  idempotent: 'money',
  limit: 'booking',
  request: { params: z.object({ id: entityId }), body: z.object({ reason: textLine(500) }) },
  response: { status: 200, body: bookingView },
  refusals: ['booking.not_found', 'booking.transition_refused'],
  async handle(deps, { actor, params, body, idempotency, setReplayed }) {
    const command = { actor, idempotency, bookingId: params.id, reason: body.reason }
    const { value, replayed } = await cancelBooking(deps, command)
    if (replayed) setReplayed()
    return toBookingView(value)
  },
})
