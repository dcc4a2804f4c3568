import type { Aim } from '../benchmark.ts'
import type { BareAnswer } from './bare/protocol.ts'
import type { Ask } from './load.ts'
import type { LoggedIn } from './log-in.ts'
import type { Story } from './story.ts'

/** A page that is read again and again. */
export type Reading = {
  readonly name: string
  readonly path: string
  readonly isPublic?: boolean
  /** What the bare server does for the same answer; null where it is not held against one. */
  readonly bare: { readonly statements: NonNullable<BareAnswer['read']>['statements'] | null } | null
  readonly aim: Aim
}

export const readings: readonly Reading[] = [
  {
    name: 'http.my_wallet',
    path: '/api/v1/wallet/my_wallet/',
    bare: { statements: 'readWallet' },
    aim: { cpuMsAtMost: 0.6, ratioAtLeast: 0.4 },
  },
  {
    name: 'http.bookings_20',
    path: '/api/v1/booking/bookings/',
    bare: { statements: 'readBookings' },
    aim: { cpuMsAtMost: 2 },
  },
  {
    name: 'http.vehicles',
    path: '/api/v1/inventory/vehicles/',
    isPublic: true,
    bare: { statements: null },
    aim: { cpuMsAtMost: 0.4, ratioAtLeast: 0.6 },
  },
  { name: 'http.my_tree', path: '/api/v1/binary/nodes/my_tree/?depth=3', bare: null, aim: {} },
  { name: 'http.statement', path: '/api/v1/wallet/transactions/', bare: null, aim: {} },
]

export const creating = { name: 'http.create_booking', aim: { cpuMsAtMost: 1.2 } } as const
export const paying = { name: 'http.make_payment', aim: { cpuMsAtMost: 1.6, ratioAtLeast: 0.35 } } as const

export function readingAsk({ path, isPublic = false }: Reading, reader: LoggedIn): Ask {
  return { method: 'GET', path, status: 200, ...(!isPublic && { authorization: reader.authorization }) }
}

/** Members in turn book vehicles in turn. */
export function bookingAsk(story: Story, loggedIn: ReadonlyMap<string, LoggedIn>, n: number): Ask {
  return {
    method: 'POST',
    path: '/api/v1/booking/bookings/',
    authorization: loggedIn.get(story.members[n % story.members.length]!)!.authorization,
    body: {
      vehicle_model: story.vehicleIds[n % story.vehicleIds.length],
      vehicle_color: 'Red',
      booking_amount: '500.00',
      payment_option: 'full_payment',
      join_distributor_program: true,
      delivery_city: 'Pune',
      terms_accepted: true,
    },
    status: 201,
  }
}

/** A booking that has received nothing yet, and whose it is. */
export type OpenBooking = { readonly id: number; readonly authorization: string }

export function paymentAsk({ id, authorization }: OpenBooking): Ask {
  return {
    method: 'POST',
    path: `/api/v1/booking/bookings/${id}/make_payment/`,
    authorization,
    body: { amount: '500.00', payment_method: 'online' },
    status: 201,
  }
}
