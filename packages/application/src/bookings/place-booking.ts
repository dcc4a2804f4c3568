import { bookings, plans, type Tx, users, vehicles, wallets } from '@ev/db'
import {
  bookingNumber,
  bookingNumberBytes,
  DomainError,
  placeBooking as decidePlaceBooking,
  type Paise,
  type PaymentOption,
  type PlacedBooking,
} from '@ev/domain'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { tell } from '../tell.ts'
import { drawEmiReserve } from './draw-emi-reserve.ts'

export type PlaceBooking = {
  readonly actor: Actor
  readonly idempotency: Idempotency
  readonly vehicle: { readonly id: number } | { readonly modelCode: string }
  readonly color: string | null
  readonly batteryVariant: string | null
  readonly bookingAmount: Paise
  readonly totalAmount: Paise | null
  readonly paymentOption: PaymentOption
  readonly emiMonths: number | null
  readonly emiStart: string | null
  readonly referralCode: string | null
  readonly joinDistributorProgram: boolean
  readonly delivery: { readonly city: string | null; readonly state: string | null; readonly pin: string | null }
  readonly isTermsAccepted: boolean
  readonly ipAddress: string | null
}

/**
 * Books a vehicle: takes one unit of tracked stock, fixes the price and the plan, and lays out the instalments. What the member's EMI
 * reserve holds is paid into a new EMI booking at once. Refuses as the rules of placing a booking do, and with `vehicle.not_found` and
 * `user.referral_code_unknown`.
 */
export function placeBooking(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  command: PlaceBooking,
): Promise<Answer<bookings.BookingDetails>> {
  return answerOnce(deps, command.idempotency, async (tx) => {
    const now = deps.clock.now()
    const userId = command.actor.userId
    const plan = await plans.current(tx, now)
    // The member before the wallet, the wallet before the vehicle: the order in which everyone locks.
    await users.lock(tx, userId)
    const reserve = command.paymentOption === 'emi_options' ? (await wallets.lock(tx, userId)).emiReserve : 0n
    const vehicle = await lockedVehicle(tx, command.vehicle)
    const decided = decidePlaceBooking(
      {
        ...command,
        userId,
        referrerId: await referrerId(tx, command.referralCode),
        vehicle: vehicles.toBookable(vehicle),
      },
      plan,
      now,
    )
    const bookingId = await bookings.insert(tx, {
      ...columnsOf(command, decided),
      vehicleId: vehicle.id,
      createdAt: now,
      updatedAt: now,
      bookingNumber: bookingNumber(deps.ids.bytes(2 * bookingNumberBytes)),
    })
    await bookings.insertInstalments(tx, bookingId, decided.instalments)
    if (vehicle.stockQuantity !== null)
      await vehicles.reserveUnit(tx, { vehicle, bookingId, stock: decided.stock, now })
    await tell(tx, deps, 'booking.placed', { bookingId })
    if (reserve > 0n) await drawEmiReserve(tx, deps, { userId })
    return bookings.get(tx, bookingId, { ownedBy: userId })
  })
}

async function lockedVehicle(tx: Tx, wanted: PlaceBooking['vehicle']): Promise<vehicles.VehicleRow> {
  const id = 'id' in wanted ? wanted.id : (await vehicles.findByModelCode(tx, wanted.modelCode))?.id
  if (id === undefined) throw new DomainError('vehicle.not_found', {}, 'vehicle_model_code')
  return vehicles.lockStock(tx, id)
}

async function referrerId(tx: Tx, code: string | null): Promise<number | null> {
  if (code === null || code.trim() === '') return null
  const referrer = await users.findByReferralCode(tx, code.trim().toUpperCase())
  if (!referrer) throw new DomainError('user.referral_code_unknown', {}, 'referral_code')
  return referrer.id
}

function columnsOf(command: PlaceBooking, { booking, emi, instalments, planVersion }: PlacedBooking) {
  return {
    userId: booking.userId,
    vehicleColor: command.color,
    batteryVariant: command.batteryVariant,
    bookingAmount: booking.bookingAmount,
    totalAmount: booking.total,
    paymentOption: booking.paymentOption,
    referredById: booking.referrerId,
    planVersion,
    joinDistributorProgram: command.joinDistributorProgram,
    deliveryCity: command.delivery.city,
    deliveryState: command.delivery.state,
    deliveryPin: command.delivery.pin,
    termsAccepted: command.isTermsAccepted,
    ipAddress: command.ipAddress,
    expiresAt: booking.expiresAt,
    emiDurationMonths: emi?.months ?? null,
    emiStartDate: emi?.start ?? null,
    emiAmount: instalments[0]?.amount ?? null,
    emiTotalCount: instalments.length,
  }
}
