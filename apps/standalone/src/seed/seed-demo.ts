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
import { bookings, payments, type Reader, users, vehicles } from '@ev/db'
import { rupees } from '@ev/domain'
import { demoVehicles } from './vehicles.ts'
import { askForPayout, handInPapers, hasAskedForPayout } from './waiting-work.ts'

const addressOf = (name: string) => parseIdentifier({ type: 'email', text: `${name}@example.com` })
const found = ({ db }: Deps, name: string) => users.findByIdentifier(db.read, { email: addressOf(name).value })

/**
 * Writes a small readable story through the same use cases that the API uses: three vehicles, the first accounts, Asha with four members
 * below her, three bookings, and the pairs that follow, and for the console an identity check and a payout that wait. What an interrupted run has written is kept and gone on from. Answers false when the
 * whole story is there already.
 */
export async function seedDemo({ deps }: Pick<Platform, 'deps'>): Promise<boolean> {
  if (await isTold(deps)) return false
  const admin = await account(deps, { name: ['Aditi', 'Admin'], at: 'admin', role: 'admin' })
  await account(deps, { name: ['Sunil', 'Staff'], at: 'staff', role: 'staff' })
  const catalogue: vehicles.VehicleRow[] = []
  for (const vehicle of demoVehicles) catalogue.push(await inCatalogue(deps, vehicle))

  const asha = await member(deps, { name: ['Asha', 'Rao'], city: 'Pune', referredById: null })
  await book(deps, asha, { vehicle: catalogue[1]!, amount: '5000', emiMonths: 24 })
  const ravi = await member(deps, { name: ['Ravi', 'Kumar'], city: 'Mumbai', referredById: asha.id })
  const bela = await member(deps, { name: ['Bela', 'Shah'], city: 'Surat', referredById: asha.id })
  await member(deps, { name: ['Chetan', 'Joshi'], city: 'Nashik', referredById: ravi.id })
  await member(deps, { name: ['Divya', 'Nair'], city: 'Kochi', referredById: asha.id })
  await book(deps, ravi, { vehicle: catalogue[0]!, amount: '20000', emiMonths: null })
  await book(deps, bela, { vehicle: catalogue[2]!, amount: '500', emiMonths: 12 })
  await handInPapers(deps, bela)
  await askForPayout(deps, ravi, { admin })
  return true
}

/** Whether the last thing that is written is there: Ravi's payout, whatever has become of it. */
async function isTold(deps: Deps): Promise<boolean> {
  const ravi = await found(deps, 'Ravi')
  return ravi !== null && (await hasAskedForPayout(deps, ravi))
}

async function firstBooking(reader: Reader, userId: number): Promise<bookings.BookingDetails | null> {
  const { rows } = await bookings.list(reader, { ownedBy: userId }, { skip: 0, take: 1, direction: 'asc' })
  return rows[0] ?? null
}

type Name = readonly [first: string, last: string]

async function account(
  deps: Deps,
  { name: [firstName, lastName], at, role }: { name: Name; at: string; role: 'admin' | 'staff' },
): Promise<users.User> {
  const known = await found(deps, at)
  if (known) return known
  const isSuperuser = role === 'admin'
  return createAccount(deps, { identifier: addressOf(at), role, isSuperuser, firstName, lastName, createdById: null })
}

async function inCatalogue(
  deps: Deps,
  { picture, ...vehicle }: (typeof demoVehicles)[number],
): Promise<vehicles.VehicleRow> {
  const page = { skip: 0, take: 1, orderBy: { field: 'created_at', direction: 'asc' } } as const
  const { rows } = await vehicles.list(deps.db.read, { name: vehicle.name }, page)
  const row = rows[0] ?? { ...(await createVehicle(deps, { ...vehicle, actorId: null })), images: [] }
  if (row.images.length === 0) {
    const content = readFileSync(fileURLToPath(new URL(`./pictures/${picture}`, import.meta.url)))
    const image = { content, altText: vehicle.name, isPrimary: true, position: null }
    await addVehicleImage(deps, { ...image, actorId: null, vehicleId: row.id })
  }
  return row
}

type Person = { readonly name: Name; readonly city: string; readonly referredById: number | null }

async function member(deps: Deps, { name: [firstName, lastName], city, referredById }: Person): Promise<users.User> {
  const identifier = addressOf(firstName)
  const user =
    (await found(deps, firstName)) ??
    (await deps.db.transaction((tx) => registerMember(tx, deps, { identifier, referredById })))
  return user.firstName ? user : updateProfile(deps, { userId: user.id, change: { firstName, lastName, city } })
}

type Sale = {
  readonly vehicle: vehicles.VehicleRow
  readonly amount: string
  readonly emiMonths: number | null
}

async function book(deps: Deps, user: users.User, { vehicle, amount, emiMonths }: Sale): Promise<void> {
  const actor: Actor = { userId: user.id, role: user.role, isSuperuser: false }
  const booking = (await firstBooking(deps.db.read, user.id)) ?? (await placed())
  if ((await payments.listOfBooking(deps.db.read, booking.id)).length > 0) return
  await makePayment(deps, {
    actor,
    idempotency: null,
    bookingId: booking.id,
    amount: rupees(amount),
    method: 'online',
    transactionId: null,
  })

  async function placed() {
    const { value } = await placeBooking(deps, {
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
    return value
  }
}
