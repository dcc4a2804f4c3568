import { audit, bookings, ledger, payments, type Reader, refunds, users } from '@ev/db'
import { bookingRefundKey, type Paise, type PaymentMethod } from '@ev/domain'
import { type Actor, type Deps, ownedBy } from '../deps.ts'

export const bookingEvents = [
  'placed',
  'payment_reported',
  'payment_completed',
  'payment_failed',
  'payment_refunded',
  'confirmed',
  'completed',
  'cancelled',
  'expired',
] as const

/** Who did something, as far as the member is told. */
export const actorKinds = ['member', 'staff', 'admin', 'platform'] as const

export type BookingEvent = {
  readonly event: (typeof bookingEvents)[number]
  readonly at: Date
  /** What was paid or given back; for the booking's end, all that went back to the wallet at once. */
  readonly amount: Paise | null
  readonly by: (typeof actorKinds)[number]
  readonly paymentId: number | null
  readonly method: PaymentMethod | null
  readonly note: string
}

type Step = Omit<BookingEvent, 'by'> & { readonly actorId: number | null }

/** A booking and what has happened to it, oldest first. Refuses with `booking.not_found`. */
export async function readBookingHistory(
  { db: { read } }: Pick<Deps, 'db'>,
  { actor, bookingId }: { actor: Actor; bookingId: number },
): Promise<{ booking: bookings.BookingDetails; events: BookingEvent[] }> {
  const booking = await bookings.get(read, bookingId, { ownedBy: ownedBy(actor) })
  const ofPayments = await paymentSteps(read, booking)
  const steps = [...bookingSteps(booking), ...ofPayments, ...(await endSteps(read, booking))]
  const kinds = await actorKindsOf(read, booking.userId, steps)
  const events = steps
    .map(
      ({ actorId, ...step }) =>
        ({ ...step, by: actorId === null ? 'platform' : (kinds.get(actorId) ?? 'staff') }) as const,
    )
    // What came at the same instant stands in the order in which things happen to a booking.
    .sort((a, b) => a.at.getTime() - b.at.getTime() || bookingEvents.indexOf(a.event) - bookingEvents.indexOf(b.event))
  return { booking, events }
}

const nothing = { amount: null, paymentId: null, method: null, note: '' } as const

function bookingSteps(booking: bookings.BookingRow): Step[] {
  const { userId, createdAt, confirmedAt, completedAt } = booking
  return [
    { ...nothing, event: 'placed', at: createdAt, actorId: userId },
    ...(confirmedAt ? [{ ...nothing, event: 'confirmed', at: confirmedAt, actorId: null } as const] : []),
    ...(completedAt ? [{ ...nothing, event: 'completed', at: completedAt, actorId: null } as const] : []),
  ]
}

/** Each payment with its review, which the audit log knows, and its refunds. */
async function paymentSteps(read: Reader, { id: bookingId, userId }: bookings.BookingRow): Promise<Step[]> {
  const rows = await payments.listOfBooking(read, bookingId)
  const reviews = await audit.newestOf(read, {
    subjectType: 'payment',
    subjectIds: rows.map(({ id }) => String(id)),
    actions: ['payment.confirmed', 'payment.failed'],
  })
  const steps = rows.flatMap((row): Step[] => {
    const { id: paymentId, amount, paymentMethod: method, createdAt, completedAt, recordedById } = row
    const review = reviews.get(String(paymentId))
    const reporter = method === 'emi_deduction' ? null : (recordedById ?? userId)
    const own = { amount, paymentId, method, note: '' }
    const isReported = review !== undefined || row.status === 'pending'
    return [
      ...(isReported ? [{ ...own, event: 'payment_reported', at: createdAt, actorId: reporter } as const] : []),
      ...(completedAt
        ? [
            {
              ...own,
              event: 'payment_completed',
              at: completedAt,
              actorId: review ? review.actorId : reporter,
            } as const,
          ]
        : []),
      ...(row.status === 'failed' && review
        ? [{ ...own, event: 'payment_failed', at: review.createdAt, actorId: review.actorId, note: row.notes } as const]
        : []),
    ]
  })
  const methods = new Map(rows.map(({ id, paymentMethod }) => [id, paymentMethod]))
  for (const { paymentId, amount, actorId, reason: note, createdAt: at } of await refunds.listOfBooking(
    read,
    bookingId,
  )) {
    steps.push({
      event: 'payment_refunded',
      at,
      amount,
      actorId,
      paymentId,
      method: methods.get(paymentId) ?? null,
      note,
    })
  }
  return steps
}

/** How a booking ended that was not paid off. A closed booking is not written any more, so it was closed when it was written last. */
async function endSteps(read: Reader, booking: bookings.BookingRow): Promise<Step[]> {
  if (booking.status !== 'cancelled' && booking.status !== 'expired') return []
  const subjectIds = [String(booking.id)]
  const lines = await audit.newestOf(read, { subjectType: 'booking', subjectIds, actions: ['booking.cancelled'] })
  const amount = await ledger.amountOutOfReceipts(read, bookingRefundKey(booking.id))
  return [
    {
      event: booking.status,
      at: booking.updatedAt,
      amount,
      actorId: lines.get(String(booking.id))?.actorId ?? null,
      paymentId: null,
      method: null,
      note: booking.cancelReason ?? '',
    },
  ]
}

async function actorKindsOf(
  read: Reader,
  ownerId: number,
  steps: readonly Step[],
): Promise<Map<number, BookingEvent['by']>> {
  const ids = new Set(steps.flatMap(({ actorId }) => (actorId === null ? [] : [actorId])))
  const rows = await users.findMany(read, [...ids])
  return new Map(rows.map(({ id, role }) => [id, id === ownerId || role === 'user' ? 'member' : role]))
}
