import { type Chance, seededChance } from './chance.ts'
import { busyMembers, type Counts, type NewRow, type TableRows, uuidLike, writtenAt } from './rows.ts'

/** Vehicles, bookings and payments. */
export function tradeTables(counts: Counts, seed: number): TableRows[] {
  return [
    { table: 'vehicles', rows: vehicles(counts) },
    { table: 'bookings', rows: bookings(counts, seededChance(seed)) },
    { table: 'payments', rows: payments(counts, seededChance(seed + 1)) },
  ]
}

const priceInPaise = 10_000_000

function* vehicles({ vehicles: count }: Counts): Generator<NewRow> {
  for (let id = 1; id <= count; id += 1) {
    const at = writtenAt(id, count)
    yield {
      id,
      name: `Volt ${id}`,
      model_code: `EV-${String(id).padStart(6, '0')}`,
      vehicle_colors: '["Red","Sea green"]',
      battery_variants: '["40 kWh"]',
      price: priceInPaise,
      status: id === count ? 'discontinued' : 'available',
      description: 'A scooter.',
      features: '["ABS"]',
      specifications: '{"range":"120 km"}',
      created_at: at,
      updated_at: at,
    }
  }
}

/** Nobody buys hundreds of vehicles: the busy members have some dozens of bookings each. */
const ownerOf = (chance: Chance, members: number) =>
  chance.happens(0.001) ? 1 + chance.below(busyMembers) : 1 + chance.below(members)

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

// Stepping by a number that shares no factor with 36^8 visits every eight-letter number once, in no visible order.
const numberSpace = alphabet.length ** 8
const numberStep = 1_741_823_456_789n

/** The number of booking `id`. */
function bookingNumberOf(id: number): string {
  let rest = Number((BigInt(id) * numberStep) % BigInt(numberSpace))
  let text = ''
  for (let place = 0; place < 8; place += 1) {
    text = alphabet[rest % alphabet.length] + text
    rest = Math.floor(rest / alphabet.length)
  }
  return `EV${text}`
}

function bookingStatus(chance: Chance): { status: string; paid: number } {
  const draw = chance.below(100)
  if (draw < 45) return { status: 'completed', paid: priceInPaise }
  if (draw < 65) return { status: 'active', paid: 500_000 + chance.below(9_000_000) }
  if (draw < 80) return { status: 'expired', paid: 0 }
  if (draw < 95) return { status: 'cancelled', paid: 0 }
  return { status: 'pending', paid: 0 }
}

function* bookings({ bookings: count, members, vehicles: models }: Counts, chance: Chance): Generator<NewRow> {
  for (let id = 1; id <= count; id += 1) {
    const at = writtenAt(id, count)
    const { status, paid } = bookingStatus(chance)
    const isConfirmed = status === 'active' || status === 'completed'
    yield {
      id,
      booking_number: bookingNumberOf(id),
      user_id: ownerOf(chance, members),
      // The first model sells best, the last hardly at all.
      vehicle_id: 1 + Math.min(chance.below(models), chance.below(models)),
      vehicle_color: 'Red',
      battery_variant: '40 kWh',
      booking_amount: 50_000,
      total_amount: priceInPaise,
      total_paid: paid,
      payment_option: chance.happens(0.4) ? 'emi_options' : 'full_payment',
      status,
      referred_by_id: null,
      plan_version: 1,
      delivery_city: 'Kochi',
      delivery_state: 'Kerala',
      delivery_pin: '682001',
      terms_accepted: true,
      cancel_reason: status === 'cancelled' ? 'Changed my mind.' : null,
      expires_at: new Date(at.getTime() + 30 * 86_400_000),
      confirmed_at: isConfirmed ? at : null,
      completed_at: status === 'completed' ? at : null,
      created_at: at,
      updated_at: at,
    }
  }
}

const methods = ['online', 'online', 'online', 'bank_transfer', 'cash', 'wallet', 'emi_deduction']

function paymentStatus(chance: Chance): string {
  const draw = chance.below(100)
  if (draw < 90) return 'completed'
  return draw < 95 ? 'failed' : draw < 98 ? 'refunded' : 'pending'
}

function* payments({ payments: count, bookings: booked, members }: Counts, chance: Chance): Generator<NewRow> {
  for (let id = 1; id <= count; id += 1) {
    const at = writtenAt(id, count)
    const status = paymentStatus(chance)
    const amount = 50_000 + 100 * chance.below(50_000)
    const isOnline = chance.happens(0.5)
    yield {
      id,
      booking_id: 1 + chance.below(booked),
      user_id: ownerOf(chance, members),
      amount,
      refunded_amount: status === 'refunded' ? amount : 0,
      payment_method: isOnline ? 'online' : chance.pick(methods),
      status,
      transaction_id: isOnline ? uuidLike(8, id) : null,
      payment_date: at,
      completed_at: status === 'completed' || status === 'refunded' ? at : null,
      created_at: at,
    }
  }
}
