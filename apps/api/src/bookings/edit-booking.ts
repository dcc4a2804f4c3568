import { type BookingChange, editBooking } from '@ev/application'
import { isPincode } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { anyText } from '../fields.ts'
import { entityId } from '../http/index.ts'
import { bookingView, toBookingView } from './booking.view.ts'

/** A text that may be emptied: null and empty both take it away. */
const clearable = (max: number) =>
  anyText(max)
    .nullable()
    .transform((text) => text || null)

const changeBody = z
  .object({
    vehicle_color: clearable(50),
    battery_variant: clearable(50),
    delivery_city: clearable(100),
    delivery_state: clearable(100),
    delivery_pin: clearable(10).refine((pin) => pin === null || isPincode(pin), {
      error: 'Must be six digits, the first not 0.',
    }),
  })
  .partial()

/** Only what the body names; a field that is left out is not touched. */
function toChange(body: z.output<typeof changeBody>): BookingChange {
  const change = {
    vehicleColor: body.vehicle_color,
    batteryVariant: body.battery_variant,
    deliveryCity: body.delivery_city,
    deliveryState: body.delivery_state,
    deliveryPin: body.delivery_pin,
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

const editBookingWith = (method: 'put' | 'patch') =>
  defineRoute({
    method,
    path: '/booking/bookings/{id}/',
    summary: 'Change a pending booking',
    description:
      'Where it is delivered, its colour and its battery, while it is pending. Fields that are left out stay as they are; price, amounts and status do not change here.',
    access: 'member',
    limit: 'booking',
    request: { params: z.object({ id: entityId }), body: changeBody },
    response: { status: 200, body: bookingView },
    refusals: ['booking.not_found', 'booking.not_editable', 'vehicle.option_unknown'],
    handle: async (deps, { actor, params, body }) =>
      toBookingView(await editBooking(deps, { actor, bookingId: params.id, change: toChange(body) })),
  })

export const editBookingRoutes = [editBookingWith('put'), editBookingWith('patch')]
