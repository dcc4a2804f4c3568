import { cancelBookingRoute } from './cancel-booking.ts'
import { getBookingRoute } from './get-booking.ts'
import { getEmiScheduleRoute } from './get-emi-schedule.ts'
import { getPaymentRoute } from './get-payment.ts'
import { listBookingsRoute } from './list-bookings.ts'
import { listPaymentsRoute } from './list-payments.ts'
import { makePaymentRoute } from './make-payment.ts'
import { openPaymentOrderRoute } from './open-payment-order.ts'
import { placeBookingRoute } from './place-booking.ts'
import { refundPaymentRoute } from './refund-payment.ts'
import { confirmPaymentRoute, failPaymentRoute } from './review-payment.ts'
import { verifyPaymentRoute } from './verify-payment.ts'

export const bookingRoutes = [
  listBookingsRoute,
  placeBookingRoute,
  getBookingRoute,
  makePaymentRoute,
  openPaymentOrderRoute,
  verifyPaymentRoute,
  cancelBookingRoute,
  getEmiScheduleRoute,
  listPaymentsRoute,
  getPaymentRoute,
  confirmPaymentRoute,
  failPaymentRoute,
  refundPaymentRoute,
]
