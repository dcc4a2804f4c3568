import { type Chance, seededChance } from './chance.ts'
import { reviewerId } from './members.ts'
import { busyMembers, type Counts, hashLike, type NewRow, type TableRows, uuidLike, writtenAt } from './rows.ts'

/** Notifications, the audit log and the messages. The log's hashes are unique but form no chain. */
export function officeTables(counts: Counts, seed: number): TableRows[] {
  return [
    { table: 'notifications', rows: notifications(counts, seededChance(seed)) },
    { table: 'audit_log', rows: auditLines(counts, seededChance(seed + 1)) },
    { table: 'outbox_messages', rows: messages(counts, seededChance(seed + 2)) },
  ]
}

const kinds = ['booking', 'payment', 'pair', 'payout']

function* notifications({ members, bookings }: Counts, chance: Chance): Generator<NewRow> {
  const count = bookings + members
  for (let id = 1; id <= count; id += 1) {
    const at = writtenAt(id, count)
    const isRead = chance.happens(0.9)
    const kind = chance.pick(kinds)
    yield {
      id,
      user_id: chance.happens(0.1) ? 1 + chance.below(busyMembers) : 1 + chance.below(members),
      dedupe_key: `large:${id}`,
      notification_type: kind,
      title: 'Payment received',
      message: 'We received your payment of ₹500.00.',
      is_read: isRead,
      read_at: isRead ? at : null,
      reference_type: kind,
      reference_id: id,
      created_at: at,
    }
  }
}

const actions = [
  'kyc.approved',
  'payout.processed',
  'login.failed',
  'login.failed',
  'access.denied',
  'payment.confirmed',
]

function* auditLines({ members }: Counts, chance: Chance): Generator<NewRow> {
  for (let id = 1; id <= members; id += 1) {
    const action = chance.happens(0.001) ? 'plan.created' : chance.pick(actions)
    yield {
      id,
      actor_id: chance.happens(0.3) ? reviewerId : chance.happens(0.5) ? 1 + chance.below(members) : null,
      action,
      subject_type: action.slice(0, action.indexOf('.')),
      subject_id: String(1 + chance.below(members)),
      details: '{}',
      ip_address: '203.0.113.7',
      request_id: uuidLike(11, id),
      previous_hash: hashLike(12, id - 1),
      hash: hashLike(12, id),
      created_at: writtenAt(id, members),
    }
  }
}

const messageKinds = [
  { name: 'payment.completed', key: 'paymentId' },
  { name: 'booking.confirmed', key: 'bookingId' },
  { name: 'pair.matched', key: 'pairId' },
] as const

function* messages({ bookings }: Counts, chance: Chance): Generator<NewRow> {
  for (let id = 1; id <= bookings; id += 1) {
    const at = writtenAt(id, bookings)
    const isPublished = id <= bookings - 50
    const { name, key } = chance.pick(messageKinds)
    yield {
      id,
      message_id: uuidLike(13, id),
      name,
      payload: JSON.stringify({ [key]: id }),
      created_at: at,
      published_at: isPublished ? at : null,
      attempts: isPublished ? 1 : chance.below(3),
      last_error: isPublished ? null : 'The broker is away.',
    }
  }
}
