import type { bookings } from '@ev/db'
import { bookingStatuses, nextStatuses, paymentOptions, remainingOf } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant, rupees } from '../http/index.ts'
import { toVehicleView, vehicleView } from '../inventory/vehicle.view.ts'

/** A booking; `referred_by` is the id of who referred it, `emi_amount` the first instalment. */
export const bookingView = z
  .object({
    id: idNumber,
    booking_number: z.string(),
    user: idNumber,
    user_email: z.string().nullable(),
    user_mobile: z.string().nullable(),
    vehicle_model: idNumber,
    vehicle_model_code: z.string(),
    vehicle_details: vehicleView,
    vehicle_color: z.string().nullable(),
    battery_variant: z.string().nullable(),
    booking_amount: rupees,
    total_amount: rupees,
    total_paid: rupees,
    remaining_amount: rupees,
    payment_option: z.enum(paymentOptions),
    emi_duration_months: z.int().nullable(),
    emi_start_date: z.string().nullable(),
    emi_amount: rupees.nullable(),
    emi_paid_count: z.int(),
    emi_total_count: z.int(),
    status: z.enum(bookingStatuses),
    next_statuses: z.array(z.enum(bookingStatuses)),
    referred_by: idNumber.nullable(),
    join_distributor_program: z.boolean(),
    delivery_city: z.string().nullable(),
    delivery_state: z.string().nullable(),
    delivery_pin: z.string().nullable(),
    terms_accepted: z.boolean(),
    cancel_reason: z.string().nullable(),
    expires_at: instant,
    confirmed_at: instant.nullable(),
    completed_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Booking' })

export function toBookingView(booking: bookings.BookingDetails): z.output<typeof bookingView> {
  return {
    id: booking.id,
    booking_number: booking.bookingNumber,
    user: booking.userId,
    user_email: booking.user.email,
    user_mobile: booking.user.mobile,
    vehicle_model: booking.vehicleId,
    vehicle_model_code: booking.vehicle.modelCode,
    vehicle_details: toVehicleView(booking.vehicle),
    vehicle_color: booking.vehicleColor,
    battery_variant: booking.batteryVariant,
    booking_amount: booking.bookingAmount,
    total_amount: booking.totalAmount,
    total_paid: booking.totalPaid,
    remaining_amount: remainingOf({ total: booking.totalAmount, totalPaid: booking.totalPaid }),
    payment_option: booking.paymentOption,
    ...emiFields(booking),
    status: booking.status,
    next_statuses: [...nextStatuses(booking.status)],
    referred_by: booking.referredById,
    join_distributor_program: booking.joinDistributorProgram,
    delivery_city: booking.deliveryCity,
    delivery_state: booking.deliveryState,
    delivery_pin: booking.deliveryPin,
    terms_accepted: booking.termsAccepted,
    cancel_reason: booking.cancelReason,
    expires_at: booking.expiresAt,
    confirmed_at: booking.confirmedAt,
    completed_at: booking.completedAt,
    created_at: booking.createdAt,
    updated_at: booking.updatedAt,
  }
}

function emiFields(booking: bookings.BookingRow) {
  return {
    emi_duration_months: booking.emiDurationMonths,
    emi_start_date: booking.emiStartDate,
    emi_amount: booking.emiAmount,
    emi_paid_count: booking.emiPaidCount,
    emi_total_count: booking.emiTotalCount,
  }
}
