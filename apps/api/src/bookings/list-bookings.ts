import { ownedBy } from '@ev/application'
import { bookings } from '@ev/db'
import { bookingStatuses, paymentOptions } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { createdQuery, searchText } from '../fields.ts'
import { entityId, orderingQuery, pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { bookingView, toBookingView } from './booking.view.ts'

const bookingsQuery = pageQuery.extend({
  status: z.enum(bookingStatuses).optional(),
  payment_option: z.enum(paymentOptions).optional(),
  user: entityId.optional(),
  vehicle_model: entityId.optional(),
  ...createdQuery,
  search: searchText,
  ordering: orderingQuery({ fields: ['created_at'], initial: '-created_at' }),
})

export const listBookingsRoute = defineRoute({
  method: 'get',
  path: '/booking/bookings/',
  summary: 'Your bookings; staff see all',
  description:
    '`search` finds how a booking number, an e-mail address or a mobile number begins, at most 100 of each, or part of a vehicle’s name.',
  access: 'member',
  limit: 'booking',
  request: { query: bookingsQuery },
  response: { status: 200, body: pageView(bookingView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = {
      ownedBy: ownedBy(actor),
      userId: query.user,
      status: query.status,
      paymentOption: query.payment_option,
      vehicleId: query.vehicle_model,
      createdAfter: query.created_after,
      createdBefore: query.created_before,
      search: query.search,
    }
    const { direction } = query.ordering
    return answerPage({ query, url }, (page) => bookings.list(db.read, filter, { ...page, direction }), toBookingView)
  },
})
