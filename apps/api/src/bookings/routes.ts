import { getBookingRoute } from './get-booking.ts'
import { getEmiScheduleRoute } from './get-emi-schedule.ts'
import { getPaymentRoute } from './get-payment.ts'
import { listBookingsRoute } from './list-bookings.ts'
import { listPaymentsRoute } from './list-payments.ts'
import { makePaymentRoute } from './make-payment.ts'
import { placeBookingRoute } from './place-booking.ts'

export const bookingRoutes = [
  listBookingsRoute,
  placeBookingRoute,
  getBookingRoute,
  makePaymentRoute,
  getEmiScheduleRoute,
  listPaymentsRoute,
  getPaymentRoute,
]
