import { cancelBooking, placeBooking } from '@ev/application'
import { users } from '@ev/db'
import type { Chance } from '../../chance.ts'
import { cancel, placeBooking as expectBooking } from '../../model/bookings.ts'
import type { Model } from '../../model/state.ts'
import type { Operation } from '../../operation.ts'
import { amountUpTo } from '../amounts.ts'
import { asMember } from './actors.ts'
import { aMember } from './choices.ts'

export function book(model: Model, chance: Chance): Operation {
  const member = aMember(model, chance)
  const vehicle = chance.pick([...model.vehicles.values()])
  const bookingAmount = amountUpTo(chance, vehicle.price, { beyond: 0.05 })
  const months = chance.isLucky(0.6) ? chance.between(1, 4) : null
  const referrer = chance.isLucky(0.15) ? aMember(model, chance) : null
  return {
    name: 'place booking',
    facts: `member ${member} vehicle ${vehicle.id} amount ${bookingAmount} months ${months} referrer ${referrer}`,
    async ask(deps, idempotency) {
      const referralCode = referrer === null ? null : (await users.get(deps.db.read, referrer)).referralCode
      const { value } = await placeBooking(deps, {
        actor: asMember(member),
        idempotency,
        vehicle: { id: vehicle.id },
        color: null,
        batteryVariant: null,
        bookingAmount,
        totalAmount: null,
        paymentOption: months === null ? 'full_payment' : 'emi_options',
        emiMonths: months,
        emiStart: null,
        referralCode,
        joinDistributorProgram: false,
        delivery: { city: null, state: null, pin: null },
        isTermsAccepted: true,
        ipAddress: null,
      })
      return { id: value.id, paid: value.totalPaid }
    },
    expect: (expected, now) =>
      expectBooking(expected, { member, vehicle: vehicle.id, bookingAmount, months, referrer }, now),
  }
}

export function cancelABooking(model: Model, chance: Chance): Operation | null {
  if (model.bookings.size === 0) return null
  const booking = chance.pick([...model.bookings.values()])
  return {
    name: 'cancel booking',
    facts: `booking ${booking.id}`,
    async ask(deps, idempotency) {
      const command = { actor: asMember(booking.member), idempotency, bookingId: booking.id, reason: 'Changed my mind' }
      return { status: (await cancelBooking(deps, command)).value.status }
    },
    expect(expected, now) {
      cancel(expected, booking.id, now)
      return { status: 'cancelled' }
    },
  }
}
