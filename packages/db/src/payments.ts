import { type CreditedBonus, DomainError, type Payment as DomainPayment, type PaymentMethod } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import { inList } from './direct/direct.ts'
import { directTable } from './direct/table.ts'
import { paymentTable } from './direct/tables.ts'
import { insertRow } from './direct/write-row.ts'
import { fieldWriter, insertRows, type RowWriter } from './direct/write-rows.ts'
import type { Booking, Payment } from './generated/sqlite/client.ts'
import type { PaymentCreateManyInput } from './generated/sqlite/models.ts'
import {
  type BeforeBounds,
  byAge,
  type CreatedFilter,
  createdWhere,
  type OwnerFilter,
  olderWhere,
  ownerWhere,
  type PageBounds,
} from './list-filters.ts'
import { pageOf } from './page-of.ts'
import { takeOverSetting } from './take-over.ts'
import { isUniqueViolation } from './transient-errors.ts'
import { directOf } from './tx.ts'

export type PaymentRow = Payment
/** A payment as it is shown: when its bonus is due is the platform's own business. */
export type PaymentDetails = Omit<Payment, 'bonusDueAt'> & { readonly booking: { readonly bookingNumber: string } }

const details = { booking: { select: { bookingNumber: true } } } as const

/** The payment as the rules see it. */
export function toPayment(row: Omit<PaymentRow, 'bonusDueAt'>): DomainPayment {
  const { id, userId, amount, refundedAmount: refunded, paymentMethod: method, status } = row
  return { id, userId, amount, refunded, method, status }
}

export type NewPayment = Pick<Payment, 'bookingId' | 'userId' | 'amount' | 'paymentMethod' | 'status'> & {
  readonly recordedById?: number | null
  readonly transactionId?: string | null
  readonly paymentDate: Date
  readonly completedAt?: Date | null
  readonly createdAt: Date
}

/**
 * Writes a payment. Refuses with `payment.duplicate_transaction` when the transaction id was used before; only the unique key can say so
 * of two payments that are made at the same moment.
 */
export async function insert(tx: Tx, data: NewPayment): Promise<PaymentRow> {
  const row = { recordedById: null, transactionId: null, completedAt: null, ...data, ...asInserted }
  try {
    return { id: await insertRow(tx, 'payments', row), ...row }
  } catch (error) {
    if (data.transactionId != null && isUniqueViolation(error)) {
      throw new DomainError('payment.duplicate_transaction', {}, 'transaction_id')
    }
    throw error
  }
}

const asInserted = { refundedAmount: 0n, notes: '', bonusDueAt: null } as const

/** The payment, or the refusal `payment.not_found`; `ownedBy` hides other members' payments. */
export async function get(
  reader: Reader | Tx,
  id: number,
  { ownedBy }: { ownedBy: number | null },
): Promise<PaymentDetails> {
  const [found] = await directOf(reader).rows(paymentWithNumber, [id])
  const row = found && { ...paymentTable.read(found), booking: numberOf.read(found, paymentTable.width) }
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('payment.not_found')
  return row
}

const numberOf = directTable<Pick<Booking, 'bookingNumber'>>({ bookingNumber: 'text' })
const paymentWithNumber = `SELECT ${paymentTable.columns('payments')}, ${numberOf.columns('bookings')}
  FROM payments JOIN bookings ON bookings.id = payments.booking_id WHERE payments.id = ?`

/** Changes a payment; the caller holds its booking's row. */
export async function update(
  tx: Tx,
  id: number,
  data: Partial<Pick<PaymentCreateManyInput, 'status' | 'refundedAmount' | 'completedAt' | 'notes' | 'bonusDueAt'>>,
): Promise<PaymentRow> {
  return tx.payment.update({ where: { id }, data })
}

/** Marks all that a booking had received as given back: the booking was closed. The caller holds the booking's row. */
export async function markAllRefunded(tx: Tx, bookingId: number): Promise<void> {
  await tx.$executeRaw`UPDATE payments SET refunded_amount = amount, status = 'refunded', bonus_due_at = NULL WHERE booking_id = ${bookingId} AND status = 'completed'`
}

/** Every payment of a booking, oldest first. */
export function listOfBooking(reader: Reader, bookingId: number): Promise<PaymentRow[]> {
  return reader.payment.findMany({ where: { bookingId }, orderBy: { id: 'asc' } })
}

export type PaymentFilter = OwnerFilter &
  CreatedFilter & {
    readonly bookingId?: number | undefined
    readonly status?: Payment['status'] | undefined
    readonly paymentMethod?: PaymentMethod | undefined
  }

function whereOf(filter: PaymentFilter) {
  return {
    ...ownerWhere(filter),
    ...createdWhere(filter),
    ...(filter.bookingId !== undefined && { bookingId: filter.bookingId }),
    ...(filter.status && { status: filter.status }),
    ...(filter.paymentMethod && { paymentMethod: filter.paymentMethod }),
  }
}

/** One page by number, newest first, and how many there are in all. */
export async function list(
  reader: Reader,
  filter: PaymentFilter,
  page: PageBounds,
): Promise<{ count: number; rows: PaymentDetails[] }> {
  const where = whereOf(filter)
  return pageOf({
    count: () => reader.payment.count({ where }),
    ids: () =>
      reader.payment.findMany({
        where,
        orderBy: byAge(filter, 'desc'),
        skip: page.skip,
        take: page.take,
        select: { id: true },
      }),
    rows: (ids) => reader.payment.findMany({ where: ids, include: details }),
  })
}

/** The payments older than `before` (an id), newest first. */
export async function listBefore(reader: Reader, filter: PaymentFilter, page: BeforeBounds): Promise<PaymentDetails[]> {
  const older = await olderWhere(filter, page, (id) =>
    reader.payment.findUnique({ where: { id }, select: { createdAt: true } }),
  )
  return reader.payment.findMany({
    where: { AND: [whereOf(filter), older] },
    include: details,
    orderBy: byAge(filter, 'desc'),
    take: page.take,
  })
}

/** The payment with this transaction id, or null. */
export function findByTransactionId(reader: Reader | Tx, transactionId: string): Promise<PaymentDetails | null> {
  return reader.payment.findUnique({ where: { transactionId }, include: details })
}

/** Whether a transaction id was used before, by any payment. */
export async function isTransactionIdUsed(reader: Reader | Tx, transactionId: string): Promise<boolean> {
  return (await reader.payment.count({ where: { transactionId } })) > 0
}

/** What the member has paid, net of refunds, by method, over all bookings that are neither cancelled nor expired. */
export async function paidByMethod(
  reader: Reader | Tx,
  userId: number,
  { exceptBookingId = 0 }: { exceptBookingId?: number } = {},
): Promise<Partial<Record<PaymentMethod, bigint>>> {
  const rows = await directOf(reader).rows(sumsByMethod, [userId, exceptBookingId])
  return Object.fromEntries(rows.map(([method, net]) => [method as PaymentMethod, BigInt(String(net))]))
}

const sumsByMethod = `SELECT p.payment_method, SUM(p.amount - p.refunded_amount) FROM payments p JOIN bookings b ON b.id = p.booking_id
  WHERE p.user_id = ? AND p.status IN ('completed', 'refunded') AND b.status NOT IN ('cancelled', 'expired') AND b.id <> ?
  GROUP BY p.payment_method`

/** Completed payments of these bookings for which no bonus was credited yet, oldest first. What was taken over had its bonus on the replaced platform. */
export async function findWithoutBonus(tx: Tx, bookingIds: readonly number[]): Promise<PaymentRow[]> {
  const [first, ...others] = bookingIds
  if (first === undefined) return []
  const wanted = inList([first, ...others])
  const sql = `SELECT ${paymentTable.columns('payments')} FROM payments
    WHERE booking_id IN (${wanted.marks}) AND status = 'completed' AND ${hasNoBonus} ORDER BY id`
  return (await directOf(tx).rows(sql, [...wanted.values, takeOverSetting])).map((row) => paymentTable.read(row))
}

const hasNoBonus = `NOT EXISTS (SELECT 1 FROM referral_bonuses WHERE referral_bonuses.payment_id = payments.id)
  AND id > COALESCE((SELECT JSON_EXTRACT(value, '$.takenOver.lastPaymentId') FROM settings WHERE \`key\` = ?), 0)`

/** The bookings that these payments are for, by payment. Refuses with `payment.not_found` when one is missing. */
export async function bookingsOf(reader: Reader | Tx, ids: readonly number[]): Promise<Map<number, number>> {
  const [first, ...others] = new Set(ids)
  if (first === undefined) return new Map()
  const wanted = inList([first, ...others])
  const sql = `SELECT id, booking_id FROM payments WHERE id IN (${wanted.marks})`
  const rows = await directOf(reader).rows(sql, wanted.values)
  if (rows.length !== 1 + others.length) throw new DomainError('payment.not_found')
  return new Map(rows.map(([id, bookingId]) => [Number(id), Number(bookingId)]))
}

/** Says that the bonuses of what a booking has received are to be decided, from `dueAt` on: the booking is confirmed. The caller holds its row. */
export async function markBonusesDue(tx: Tx, { bookingId, dueAt }: { bookingId: number; dueAt: Date }): Promise<void> {
  await directOf(tx).run(bonusesOfBooking, [dueAt, bookingId, takeOverSetting])
}

const bonusesOfBooking = `UPDATE payments SET bonus_due_at = ? WHERE booking_id = ? AND status = 'completed'
  AND payment_method <> 'emi_deduction' AND bonus_due_at IS NULL AND ${hasNoBonus}`

/** Writes when the bonuses of these payments are to be decided; null when they have been. */
export async function saveBonusesDue(tx: Tx, ids: readonly number[], dueAt: Date | null): Promise<void> {
  const [first, ...others] = ids
  if (first === undefined) return
  const wanted = inList([first, ...others])
  await directOf(tx).run(`UPDATE payments SET bonus_due_at = ? WHERE id IN (${wanted.marks})`, [
    dueAt,
    ...wanted.values,
  ])
}

/** Bookings with bonuses that could be decided at `now`, those first that wait longest. */
export async function findBonusesDue(reader: Reader, { now, limit }: { now: Date; limit: number }): Promise<number[]> {
  const rows = await reader.payment.findMany({
    where: { bonusDueAt: { lte: now } },
    orderBy: [{ bonusDueAt: 'asc' }, { id: 'asc' }],
    select: { bookingId: true },
    take: limit,
  })
  return [...new Set(rows.map(({ bookingId }) => bookingId))]
}

/** The bonus that a payment earned. The caller was told of it, so one that is missing is a fault. */
export function getBonus(
  tx: Tx,
  paymentId: number,
): Promise<{ referrerId: number; amount: bigint; reversedAmount: bigint }> {
  const select = { referrerId: true, amount: true, reversedAmount: true } as const
  return tx.referralBonus.findUniqueOrThrow({ where: { paymentId }, select })
}

export type NewBonus = {
  readonly paymentId: number
  readonly bookingId: number
  readonly referrerId: number
  readonly journalEntryId: number
  readonly amount: bigint
  readonly planVersion: number
  readonly createdAt: Date
}

/** One bonus a payment, ever: the payment's id is unique among the bonuses. */
export function insertBonuses(tx: Tx, rows: readonly NewBonus[]): Promise<void> {
  return insertRows(tx, bonusWriter, rows)
}

const bonusWriter: RowWriter<NewBonus> = fieldWriter('referral_bonuses', [
  'paymentId',
  'bookingId',
  'referrerId',
  'journalEntryId',
  'amount',
  'planVersion',
  'createdAt',
])

/** The bonuses that a booking's payments earned, or those of one payment, oldest first. The caller holds the booking's row. */
export async function bonuses(
  reader: Reader | Tx,
  where: { readonly bookingId: number; readonly paymentId?: number },
): Promise<(CreditedBonus & { readonly planVersion: number })[]> {
  const rows = await reader.referralBonus.findMany({ where, orderBy: { id: 'asc' } })
  return rows.map(({ paymentId, referrerId, amount, reversedAmount: reversed, planVersion }) => ({
    paymentId,
    referrerId,
    amount,
    reversed,
    planVersion,
  }))
}

/** Writes how much of a payment's bonus has been taken back in all. */
export async function saveReversedBonus(
  tx: Tx,
  { paymentId, reversed }: { paymentId: number; reversed: bigint },
): Promise<void> {
  await tx.referralBonus.update({ where: { paymentId }, data: { reversedAmount: reversed } })
}
