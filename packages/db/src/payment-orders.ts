import type { Reader, Tx } from './client.ts'
import type { PaymentOrder } from './generated/sqlite/client.ts'
import type { PaymentOrderCreateManyInput } from './generated/sqlite/models.ts'
import { isUniqueViolation } from './transient-errors.ts'

export type PaymentOrderRow = PaymentOrder
export type PaymentOrderDetails = PaymentOrder & { readonly booking: { readonly bookingNumber: string } }

const details = { booking: { select: { bookingNumber: true } } } as const

/** A gateway's order by the gateway's own id, or null. */
export function find(
  reader: Reader | Tx,
  { provider, providerOrderId }: { provider: string; providerOrderId: string },
): Promise<PaymentOrderRow | null> {
  return reader.paymentOrder.findUnique({ where: { provider_providerOrderId: { provider, providerOrderId } } })
}

/** An order that is known to exist. */
export function get(reader: Reader | Tx, id: number): Promise<PaymentOrderRow> {
  return reader.paymentOrder.findUniqueOrThrow({ where: { id } })
}

export function insert(
  tx: Tx,
  order: Pick<PaymentOrderCreateManyInput, 'provider' | 'providerOrderId' | 'bookingId' | 'userId' | 'amount'>,
  now: Date,
): Promise<PaymentOrderDetails> {
  return tx.paymentOrder.create({ data: { ...order, createdAt: now, updatedAt: now }, include: details })
}

/** The caller holds the row of the order's booking. */
export async function markPaid(
  tx: Tx,
  { id, paymentId, now }: { id: number; paymentId: number; now: Date },
): Promise<void> {
  await tx.paymentOrder.update({ where: { id }, data: { status: 'paid', paymentId, updatedAt: now } })
}

/** Notes a failed attempt; an order that was paid stays paid. */
export async function markFailed(
  tx: Tx,
  { provider, providerOrderId, now }: { provider: string; providerOrderId: string; now: Date },
): Promise<void> {
  await tx.paymentOrder.updateMany({
    where: { provider, providerOrderId, status: 'created' },
    data: { status: 'failed', updatedAt: now },
  })
}

/** Remembers an event of a gateway; false when it came before. */
export async function insertEvent(
  tx: Tx,
  { provider, eventId, eventType, now }: { provider: string; eventId: string; eventType: string; now: Date },
): Promise<boolean> {
  try {
    await tx.providerEvent.createMany({ data: [{ provider, eventId, eventType, receivedAt: now }] })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Forgets events that came before `before`, at most `limit`; answers how many. */
export async function removeOldEvents(tx: Tx, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const old = await tx.providerEvent.findMany({
    where: { receivedAt: { lt: before } },
    orderBy: { receivedAt: 'asc' },
    take: limit,
    select: { id: true },
  })
  return (await tx.providerEvent.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })).count
}
