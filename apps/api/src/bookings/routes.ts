import { cancelBookingRoute } from './cancel-booking.ts'
import { editBookingRoutes } from './edit-booking.ts'
import { getBookingRoute } from './get-booking.ts'
import { getBookingHistoryRoute } from './get-booking-history.ts'
import { getEmiScheduleRoute } from './get-emi-schedule.ts'
import { getPaymentRoute } from './get-payment.ts'
import { getReceiptRoute } from './get-receipt.ts'
import { listBookingsRoute } from './list-bookings.ts'
import { listPaymentsRoute } from './list-payments.ts'
import { makePaymentRoute } from './make-payment.ts'
import { openPaymentOrderRoute } from './open-payment-order.ts'
import { placeBookingRoute } from './place-booking.ts'
import { previewCancellationRoute, previewRefundRoute } from './preview-refund.ts'
import { refundPaymentRoute } from './refund-payment.ts'
import { confirmPaymentRoute, failPaymentRoute } from './review-payment.ts'
import { verifyPaymentRoute } from './verify-payment.ts'

export const bookingRoutes = [
  listBookingsRoute,
  placeBookingRoute,
  getBookingRoute,
  ...editBookingRoutes,
  makePaymentRoute,
  openPaymentOrderRoute,
  verifyPaymentRoute,
  cancelBookingRoute,
  previewCancellationRoute,
  getEmiScheduleRoute,
  getBookingHistoryRoute,
  getReceiptRoute,
  listPaymentsRoute,
  getPaymentRoute,
  confirmPaymentRoute,
  failPaymentRoute,
  refundPaymentRoute,
  previewRefundRoute,
]
