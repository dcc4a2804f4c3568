import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type Actor,
  addVehicleImage,
  createAccount,
  createVehicle,
  type Deps,
  makePayment,
  type Platform,
  parseIdentifier,
  placeBooking,
  registerMember,
  updateProfile,
} from '@ev/application'
import { users, vehicles } from '@ev/db'
import { rupees } from '@ev/domain'
import { demoVehicles } from './vehicles.ts'

const email = (text: string) => parseIdentifier({ type: 'email', text })

/**
 * Writes a small readable story through the same use cases that the API uses: three vehicles, the first accounts, and Asha with four members
 * below her, two bookings, and the pairs that follow. Answers false when it is already there.
 */
export async function seedDemo({ deps }: Platform): Promise<boolean> {
  if (await users.findByIdentifier(deps.db.read, { email: 'admin@example.com' })) return false
  await createAccount(deps, {
    identifier: email('admin@example.com'),
    role: 'admin',
    isSuperuser: true,
    firstName: 'Aditi',
    lastName: 'Admin',
    createdById: null,
  })
  await createAccount(deps, {
    identifier: email('staff@example.com'),
    role: 'staff',
    isSuperuser: false,
    firstName: 'Sunil',
    lastName: 'Staff',
    createdById: null,
  })
  const catalogue = await seedVehicles(deps)

  const asha = await member(deps, { name: ['Asha', 'Rao'], city: 'Pune', referredById: null })
  await book(deps, asha, { vehicle: catalogue[1]!, amount: '5000', emiMonths: 24 })
  const ravi = await member(deps, { name: ['Ravi', 'Kumar'], city: 'Mumbai', referredById: asha.id })
  const bela = await member(deps, { name: ['Bela', 'Shah'], city: 'Surat', referredById: asha.id })
  await member(deps, { name: ['Chetan', 'Joshi'], city: 'Nashik', referredById: ravi.id })
  await member(deps, { name: ['Divya', 'Nair'], city: 'Kochi', referredById: asha.id })
  await book(deps, ravi, { vehicle: catalogue[0]!, amount: '20000', emiMonths: null })
  await book(deps, bela, { vehicle: catalogue[2]!, amount: '500', emiMonths: 12 })
  return true
}

async function seedVehicles(deps: Deps): Promise<vehicles.VehicleWithImages[]> {
  const created: vehicles.VehicleWithImages[] = []
  for (const { picture, ...vehicle } of demoVehicles) {
    const row = await createVehicle(deps, { ...vehicle, actorId: null })
    const content = readFileSync(fileURLToPath(new URL(`./pictures/${picture}`, import.meta.url)))
    const image = { content, altText: vehicle.name, isPrimary: true, position: null }
    await addVehicleImage(deps, { ...image, actorId: null, vehicleId: row.id })
    created.push(row)
  }
  return created
}

type Person = { readonly name: readonly [string, string]; readonly city: string; readonly referredById: number | null }

async function member(deps: Deps, { name: [firstName, lastName], city, referredById }: Person): Promise<users.User> {
  const identifier = email(`${firstName}@example.com`)
  const user = await deps.db.transaction((tx) => registerMember(tx, deps, { identifier, referredById }))
  return updateProfile(deps, { userId: user.id, change: { firstName, lastName, city } })
}

async function book(
  deps: Deps,
  user: users.User,
  { vehicle, amount, emiMonths }: { vehicle: vehicles.VehicleWithImages; amount: string; emiMonths: number | null },
): Promise<void> {
  const actor: Actor = { userId: user.id, role: user.role, isSuperuser: false }
  const { value: booking } = await placeBooking(deps, {
    actor,
    idempotency: null,
    vehicle: { id: vehicle.id },
    color: vehicles.texts(vehicle.vehicleColors)[0] ?? null,
    batteryVariant: null,
    bookingAmount: rupees(amount),
    totalAmount: null,
    paymentOption: emiMonths === null ? 'full_payment' : 'emi_options',
    emiMonths,
    emiStart: null,
    referralCode: null,
    joinDistributorProgram: true,
    delivery: { city: user.city, state: null, pin: null },
    isTermsAccepted: true,
    ipAddress: null,
  })
  await makePayment(deps, {
    actor,
    idempotency: null,
    bookingId: booking.id,
    amount: rupees(amount),
    method: 'online',
    transactionId: null,
  })
}
