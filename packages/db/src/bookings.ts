import { type Booking as DomainBooking, DomainError, type Instalment as ScheduledInstalment } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import { allOf, among, anyOf, type Condition, compared } from './direct/conditions.ts'
import { inList } from './direct/direct.ts'
import { directTable } from './direct/table.ts'
import { bookingTable } from './direct/tables.ts'
import { insertRow, updateRow } from './direct/write-row.ts'
import { fieldWriter, insertRows } from './direct/write-rows.ts'
import type { Booking, Instalment, User } from './generated/sqlite/client.ts'
import type { BookingCreateManyInput } from './generated/sqlite/models.ts'
import { beginsWith, byAge, type CreatedFilter, type OwnerFilter, type PageBounds } from './list-filters.ts'
import { lockingRead } from './locks.ts'
import { directOf } from './tx.ts'
import * as users from './users.ts'
import * as vehicles from './vehicles.ts'

export type BookingRow = Booking
export type InstalmentRow = Instalment
export type BookingDetails = Booking & {
  readonly user: { readonly email: string | null; readonly mobile: string | null }
  readonly vehicle: vehicles.VehicleWithImages
}

/** The booking as the rules see it. */
export function toBooking(row: BookingRow): DomainBooking {
  return {
    id: row.id,
    number: row.bookingNumber,
    userId: row.userId,
    status: row.status,
    total: row.totalAmount,
    bookingAmount: row.bookingAmount,
    totalPaid: row.totalPaid,
    paymentOption: row.paymentOption,
    expiresAt: row.expiresAt,
    confirmedAt: row.confirmedAt,
    completedAt: row.completedAt,
    referrerId: row.referredById,
  }
}

/** Locks and reads a booking; `ownedBy` hides other members' bookings. Refuses with `booking.not_found`. */
export async function lock(tx: Tx, id: number, { ownedBy }: { ownedBy: number | null }): Promise<BookingRow> {
  const [found] = await directOf(tx).rows(`${bookingById}${lockingRead(tx)}`, [id])
  const row = found && bookingTable.read(found)
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('booking.not_found')
  return row
}

/** Locks and reads several bookings, in ascending order of id. Refuses with `booking.not_found` when one of them is missing. */
export async function lockMany(tx: Tx, ids: readonly number[]): Promise<BookingRow[]> {
  const [first, ...others] = [...new Set(ids)].sort((a, b) => a - b)
  if (first === undefined) return []
  const wanted = inList([first, ...others])
  const sql = `SELECT ${bookingTable.columns('bookings')} FROM bookings WHERE id IN (${wanted.marks}) ORDER BY id`
  const rows = await directOf(tx).rows(`${sql}${lockingRead(tx)}`, wanted.values)
  if (rows.length !== 1 + others.length) throw new DomainError('booking.not_found')
  return rows.map((row) => bookingTable.read(row))
}

const bookingById = `SELECT ${bookingTable.columns('bookings')} FROM bookings WHERE id = ?`

/** The booking with what its representation shows; `ownedBy` hides other members' bookings. Refuses with `booking.not_found`. */
export async function get(
  reader: Reader | Tx,
  id: number,
  { ownedBy }: { ownedBy: number | null },
): Promise<BookingDetails> {
  const rows = await directOf(reader).rows(bookingInFull, [id])
  const [found] = rows
  const row = found && { user: contact.read(found), ...bookingTable.read(found, contact.width) }
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('booking.not_found')
  const [vehicle] = vehicles.readWithPictures(rows, contact.width + bookingTable.width)
  return { ...row, vehicle: vehicle! }
}

type Contact = Pick<User, 'email' | 'mobile'>
const contact = directTable<Contact>({ email: 'text', mobile: 'text' })
const bookingInFull = `SELECT ${contact.columns('users')}, ${bookingTable.columns('bookings')}, ${vehicles.withPictures}
  FROM bookings JOIN users ON users.id = bookings.user_id JOIN vehicles ON vehicles.id = bookings.vehicle_id ${vehicles.pictures}
  WHERE bookings.id = ? ORDER BY ${vehicles.inOrder}`

export type BookingFilter = OwnerFilter &
  CreatedFilter & {
    readonly status?: Booking['status'] | undefined
    readonly paymentOption?: Booking['paymentOption'] | undefined
    readonly vehicleId?: number | undefined
    /** How the booking number, the member's e-mail address or mobile number begins, or part of the vehicle's name. */
    readonly search?: string | undefined
  }

/**
 * One page of bookings, newest first unless asked otherwise, and how many there are in all. Which ones are on the page is read from an index
 * alone; only then are their rows fetched, with the count beside each, and their vehicles together.
 */
export async function list(
  reader: Reader,
  filter: BookingFilter,
  page: PageBounds & { direction: 'asc' | 'desc' },
): Promise<{ count: number; rows: BookingDetails[] }> {
  const where = await whereOf(reader, filter)
  const isDescending = page.direction === 'desc'
  const direction = isDescending ? 'DESC' : 'ASC'
  const order = byAge(filter, page.direction)
    .map((key) => ('createdAt' in key ? `bookings.created_at ${direction}` : `bookings.id ${direction}`))
    .join(', ')
  const counting = `SELECT COUNT(*) FROM bookings WHERE ${where.sql}`
  const rows = await directOf(reader).rows(
    `SELECT (${counting}), ${contact.columns('users')}, ${bookingTable.columns('bookings')}
      FROM (SELECT bookings.id FROM bookings WHERE ${where.sql} ORDER BY ${order} LIMIT ? OFFSET ?) page
      JOIN bookings ON bookings.id = page.id JOIN users ON users.id = bookings.user_id`,
    [...where.values, ...where.values, page.take, page.skip],
  )
  // A page beyond the last one has no row for the count to stand beside.
  const [[count] = []] = rows.length > 0 ? rows : await directOf(reader).rows(counting, where.values)
  const found = rows.map((row) => ({ user: contact.read(row, 1), ...bookingTable.read(row, 1 + contact.width) }))
  // The join has lost the order of the page.
  const isDated = order.includes('created_at')
  const age = (row: Booking, other: Booking) =>
    (isDated && row.createdAt.getTime() - other.createdAt.getTime()) || row.id - other.id
  found.sort((row, other) => (isDescending ? age(other, row) : age(row, other)))
  const models = await vehicles.findManyWithImages(
    reader,
    found.map(({ vehicleId }) => vehicleId),
  )
  return {
    count: Number(count),
    rows: found.map((row) => ({ ...row, vehicle: models.get(row.vehicleId)! })),
  }
}

async function whereOf(reader: Reader, filter: BookingFilter): Promise<Condition> {
  return allOf([
    compared('bookings.user_id', '=', filter.ownedBy ?? undefined),
    compared('bookings.user_id', '=', filter.userId),
    compared('bookings.created_at', '>=', filter.createdAfter),
    compared('bookings.created_at', '<=', filter.createdBefore),
    compared('bookings.status', '=', filter.status),
    compared('bookings.payment_option', '=', filter.paymentOption),
    compared('bookings.vehicle_id', '=', filter.vehicleId),
    filter.search ? await searched(reader, filter.search) : null,
  ])
}

/** Numbers, members and vehicles that one search looks through; who finds too many types on. */
const mostFound = 100

/**
 * What a search means, as ids: each kind is looked up by an index of its own first, because no index answers a question about several
 * tables at once.
 */
async function searched(reader: Reader, search: string): Promise<Condition> {
  const [numbered, members, models] = await Promise.all([
    // Stored in upper case, and MySQL compares them exactly.
    reader.booking.findMany({
      where: { bookingNumber: beginsWith(search.toUpperCase()) },
      orderBy: { bookingNumber: 'asc' },
      select: { id: true },
      take: mostFound,
    }),
    users.idsByContact(reader, search, { limit: mostFound }),
    vehicles.idsByName(reader, search, { limit: mostFound }),
  ])
  const found: Condition[] = []
  const ids = numbered.map(({ id }) => id)
  if (ids.length > 0) found.push(among('bookings.id', ids))
  if (members.length > 0) found.push(among('bookings.user_id', members))
  if (models.length > 0) found.push(among('bookings.vehicle_id', models))
  return anyOf(found)
}

/** How many bookings of a member there are in each state. */
export async function countByStatus(
  reader: Reader,
  userId: number,
): Promise<Partial<Record<Booking['status'], number>>> {
  const rows = await reader.booking.groupBy({ by: ['status'], where: { userId }, _count: { _all: true } })
  return Object.fromEntries(rows.map(({ status, _count }) => [status, _count._all]))
}

/** Writes a booking and answers its id. */
export function insert(tx: Tx, data: BookingCreateManyInput): Promise<number> {
  return insertRow(tx, 'bookings', data)
}

export async function insertInstalments(
  tx: Tx,
  bookingId: number,
  schedule: readonly ScheduledInstalment[],
): Promise<void> {
  const rows = schedule.map((instalment) => ({ bookingId, ...instalment }))
  await insertRows(tx, instalmentWriter, rows)
}

const instalmentWriter = fieldWriter('instalments', [
  'bookingId',
  'number',
  'dueDate',
  'amount',
  'principal',
  'interest',
])

export function instalments(reader: Reader | Tx, bookingId: number): Promise<InstalmentRow[]> {
  return reader.instalment.findMany({ where: { bookingId }, orderBy: { number: 'asc' } })
}

/** An instalment with whose it is. The caller was told of it, so one that is missing is a fault. */
export function getInstalment(
  tx: Tx,
  id: number,
): Promise<InstalmentRow & { booking: { bookingNumber: string; userId: number } }> {
  return tx.instalment.findUniqueOrThrow({
    where: { id },
    include: { booking: { select: { bookingNumber: true, userId: true } } },
  })
}

/** Changes what was booked; the caller holds the booking's row. */
export async function update(
  tx: Tx,
  id: number,
  data: Partial<
    Pick<
      BookingCreateManyInput,
      'vehicleColor' | 'batteryVariant' | 'deliveryCity' | 'deliveryState' | 'deliveryPin' | 'updatedAt'
    >
  >,
): Promise<void> {
  await tx.booking.update({ where: { id }, data })
}

/** Writes what a decision changed of a booking. */
export async function save(
  tx: Tx,
  booking: DomainBooking,
  { now, ...extra }: { now: Date } & Partial<Pick<BookingCreateManyInput, 'cancelReason' | 'emiPaidCount'>>,
): Promise<void> {
  await updateRow(tx, 'bookings', booking.id, {
    status: booking.status,
    totalPaid: booking.totalPaid,
    confirmedAt: booking.confirmedAt,
    completedAt: booking.completedAt,
    updatedAt: now,
    ...extra,
  })
}

export async function saveInstalment(
  tx: Tx,
  id: number,
  state: { paidAmount: bigint; status: Instalment['status']; paidAt: Date | null },
): Promise<void> {
  await updateRow(tx, 'instalments', id, state)
}

/** The member's oldest EMI booking with an id above `after` that still takes payments and owes something, or null. */
export function findOldestOpenEmi(
  reader: Reader | Tx,
  { userId, now, after = 0 }: { userId: number; now: Date; after?: number },
): Promise<BookingRow | null> {
  return reader.booking.findFirst({
    where: {
      userId,
      id: { gt: after },
      paymentOption: 'emi_options',
      OR: [{ status: 'active' }, { status: 'pending', expiresAt: { gt: now } }],
    },
    orderBy: { id: 'asc' },
  })
}

/** Pending bookings with an id above `after` whose time has run out, in order of id. */
export async function findExpired(
  reader: Reader,
  { now, after, limit }: { now: Date; after: number; limit: number },
): Promise<number[]> {
  const rows = await reader.booking.findMany({
    where: { status: 'pending', expiresAt: { lte: now }, id: { gt: after } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows.map(({ id }) => id)
}

/** Unpaid instalments of open bookings whose due date is before `today` and that are not marked yet. */
export async function findPastDue(
  reader: Reader,
  { today, after, limit }: { today: string; after: number; limit: number },
): Promise<number[]> {
  const rows = await reader.instalment.findMany({
    where: {
      id: { gt: after },
      status: { in: ['pending', 'partial'] },
      dueDate: { lt: today },
      booking: { status: { in: ['pending', 'active'] } },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows.map(({ id }) => id)
}

/** Marks an instalment as overdue; false when it was paid or marked in the meantime. */
export async function markOverdue(tx: Tx, { id, today }: { id: number; today: string }): Promise<boolean> {
  const { count } = await tx.instalment.updateMany({
    where: { id, status: { in: ['pending', 'partial'] }, dueDate: { lt: today } },
    data: { status: 'overdue' },
  })
  return count === 1
}
