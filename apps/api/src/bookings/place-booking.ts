import { type PlaceBooking, placeBooking } from '@ev/application'
import { isPincode, longestEmiMonths, paymentOptions } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { optionalText, referralCode } from '../fields.ts'
import { calendarDate, idNumber, rupees, textLine } from '../http/index.ts'
import { bookingView, toBookingView } from './booking.view.ts'

const bookingBody = z
  .object({
    vehicle_model: idNumber.nullish(),
    vehicle_model_code: textLine(100).nullish(),
    vehicle_color: optionalText(50),
    battery_variant: optionalText(50),
    booking_amount: rupees,
    total_amount: rupees.nullish(),
    payment_option: z.enum(paymentOptions),
    emi_duration_months: z.int().min(1).max(longestEmiMonths).nullish(),
    emi_start_date: calendarDate.nullish(),
    referral_code: referralCode,
    join_distributor_program: z.boolean().nullish(),
    delivery_city: optionalText(100),
    delivery_state: optionalText(100),
    delivery_pin: optionalText(10).refine((pin) => pin === null || isPincode(pin), {
      error: 'Must be six digits, the first not 0.',
    }),
    terms_accepted: z.boolean(),
  })
  .refine((body) => body.vehicle_model != null || body.vehicle_model_code != null, {
    error: 'Name the vehicle by its id, or by its code in vehicle_model_code.',
    path: ['vehicle_model'],
  })

type BookingBody = z.output<typeof bookingBody>

function toCommand(body: BookingBody): Omit<PlaceBooking, 'actor' | 'idempotency' | 'ipAddress'> {
  return {
    vehicle: body.vehicle_model != null ? { id: body.vehicle_model } : { modelCode: body.vehicle_model_code ?? '' },
    color: body.vehicle_color,
    batteryVariant: body.battery_variant,
    bookingAmount: body.booking_amount,
    totalAmount: body.total_amount ?? null,
    paymentOption: body.payment_option,
    emiMonths: body.emi_duration_months ?? null,
    emiStart: body.emi_start_date ?? null,
    referralCode: body.referral_code,
    joinDistributorProgram: body.join_distributor_program ?? false,
    delivery: { city: body.delivery_city, state: body.delivery_state, pin: body.delivery_pin },
    isTermsAccepted: body.terms_accepted,
  }
}

export const placeBookingRoute = defineRoute({
  method: 'post',
  path: '/booking/bookings/',
  summary: 'Book a vehicle',
  description: 'The total is the price of the vehicle now; a total that is sent and differs is refused.',
  access: 'member',
  idempotent: 'money',
  limit: 'booking',
  request: { body: bookingBody },
  response: { status: 201, body: bookingView },
  refusals: [
    'booking.terms_not_accepted',
    'booking.total_differs',
    'booking.amount_too_small',
    'booking.amount_exceeds_total',
    'booking.emi_months_required',
    'vehicle.not_found',
    'vehicle.out_of_stock',
    'vehicle.discontinued',
    'vehicle.option_unknown',
    'user.self_referral',
    'user.referral_code_unknown',
  ],
  async handle(deps, { actor, body, idempotency, request, setReplayed }) {
    const command = { ...toCommand(body), actor, idempotency, ipAddress: request.ip || null }
    const { value, replayed } = await placeBooking(deps, command)
    if (replayed) setReplayed()
    return toBookingView(value)
  },
})
