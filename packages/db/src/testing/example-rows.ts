import type { Booking, User } from '../generated/sqlite/client.ts'
import type { Tx } from '../tx.ts'

/** When every example row was written. */
export const testInstant = new Date('2026-11-22T10:00:00Z')

const written = { createdAt: testInstant, updatedAt: testInstant }

/** A member; `name` serves as the username and the referral code, so it is used once. */
export function insertUser(tx: Tx, { name, email = null }: { name: string; email?: string | null }): Promise<User> {
  return tx.user.create({
    data: { username: name, referralCode: name, email, dateJoined: testInstant, updatedAt: testInstant },
  })
}

/** A pending booking of a vehicle that is made for it. */
export async function insertBooking(
  tx: Tx,
  { userId, bookingNumber = 'EV00000000' }: { userId: number; bookingNumber?: string },
): Promise<Booking> {
  const vehicle = await tx.vehicle.create({
    data: {
      name: 'v',
      modelCode: bookingNumber,
      vehicleColors: [],
      batteryVariants: [],
      price: 100n,
      description: '',
      features: [],
      specifications: {},
      ...written,
    },
  })
  return tx.booking.create({
    data: {
      bookingNumber,
      userId,
      vehicleId: vehicle.id,
      bookingAmount: 10n,
      totalAmount: 100n,
      paymentOption: 'full_payment',
      planVersion: 1,
      termsAccepted: true,
      expiresAt: testInstant,
      ...written,
    },
  })
}
