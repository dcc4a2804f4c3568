import { ownedBy } from '@ev/application'
import { bookings } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { bookingView, toBookingView } from './booking.view.ts'

export const getBookingRoute = defineRoute({
  method: 'get',
  path: '/booking/bookings/{id}/',
  summary: 'One booking',
  access: 'member',
  limit: 'booking',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: bookingView },
  refusals: ['booking.not_found'],
  handle: async ({ db }, { actor, params }) =>
    toBookingView(await bookings.get(db.read, params.id, { ownedBy: ownedBy(actor) })),
})
