import {
  createAccount,
  createVehicle,
  type Deps,
  depositToWallet,
  parseIdentifier,
  placeBooking,
  registerMember,
} from '@ev/application'
import { vehicleImages } from '@ev/db'
import { rupees } from '@ev/domain'

/** Whom the story is about, and what they can book. */
export type Story = {
  /** Has twenty-five bookings, thirty lines in the wallet's statement, and everyone else below. */
  readonly reader: string
  readonly members: readonly string[]
  readonly vehicleIds: readonly number[]
}

const vehicleCount = 20
const ownBookings = 25
const deposits = 30

/** Writes a small story through the use cases that the API uses: a catalogue, a member with some history, and members below. */
export async function writeStory(deps: Deps, { members }: { members: number }): Promise<Story> {
  const vehicleIds: number[] = []
  for (let n = 0; n < vehicleCount; n += 1) vehicleIds.push(await addVehicle(deps, n))
  const reader = await register(deps, { email: 'reader@example.com', referredById: null })
  const emails = Array.from({ length: members }, (_, n) => `member${n}@example.com`)
  for (const email of emails) await register(deps, { email, referredById: reader.id })
  const actor = { userId: reader.id, role: 'user', isSuperuser: false } as const
  for (let n = 0; n < ownBookings; n += 1) {
    const command = { ...fullPayment, vehicle: { id: vehicleIds[n % vehicleCount]! } }
    await placeBooking(deps, { actor, idempotency: null, ...command })
  }
  const admin = await createAccount(deps, {
    identifier: parseIdentifier({ type: 'email', text: 'admin@example.com' }),
    role: 'admin',
    isSuperuser: true,
    firstName: 'Bench',
    lastName: 'Admin',
    createdById: null,
  })
  for (let n = 0; n < deposits; n += 1) {
    await depositToWallet(deps, {
      actor: { userId: admin.id, role: 'admin', isSuperuser: true },
      idempotency: null,
      userId: reader.id,
      amount: rupees('100'),
      reason: `Deposit ${n}`,
    })
  }
  return { reader: reader.email!, members: emails, vehicleIds }
}

const fullPayment = {
  color: 'Red',
  batteryVariant: null,
  bookingAmount: rupees('500'),
  totalAmount: null,
  paymentOption: 'full_payment',
  emiMonths: null,
  emiStart: null,
  referralCode: null,
  joinDistributorProgram: true,
  delivery: { city: 'Pune', state: null, pin: null },
  isTermsAccepted: true,
  ipAddress: null,
} as const

function register(deps: Deps, { email, referredById }: { email: string; referredById: number | null }) {
  const identifier = parseIdentifier({ type: 'email', text: email })
  const profile = { firstName: 'Some', lastName: 'Member', city: 'Pune' }
  return deps.db.transaction((tx) => registerMember(tx, deps, { identifier, referredById, profile }))
}

/** Every other vehicle has tracked stock; each has two pictures, whose files nobody fetches here. */
async function addVehicle(deps: Deps, n: number): Promise<number> {
  const { id } = await createVehicle(deps, {
    actorId: null,
    name: `Vayu ${n}`,
    colors: ['Red', 'Sea green', 'White'],
    batteryVariants: ['40 kWh', '60 kWh'],
    price: rupees(100_000 + n * 1_000),
    status: 'available',
    description: 'A scooter for the city, with a battery that is charged over night and lasts the day.',
    features: ['ABS', 'Fast charging', 'App'],
    specifications: { range: '120 km', weight: '98 kg', 'top speed': '80 km/h' },
    stockQuantity: n % 2 === 0 ? 100_000 : null,
  })
  const now = deps.clock.now()
  await deps.db.transaction(async (tx) => {
    for (const position of [0, 1]) {
      await vehicleImages.insert(tx, {
        vehicleId: id,
        fileKey: `vehicles/bench-${n}-${position}.webp`,
        thumbnailKey: `vehicles/bench-${n}-${position}-small.webp`,
        contentType: 'image/webp',
        width: 1_600,
        height: 900,
        altText: `Vayu ${n}`,
        isPrimary: position === 0,
        position,
        createdAt: now,
        updatedAt: now,
      })
    }
  })
  return id
}
