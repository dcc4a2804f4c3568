import { type Booking as DomainBooking, DomainError, type Instalment as ScheduledInstalment } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Booking, Instalment } from './generated/sqlite/client.ts'
import type { BookingCreateManyInput, BookingInclude, BookingWhereInput } from './generated/sqlite/models.ts'
import {
  beginsWith,
  byAge,
  type CreatedFilter,
  createdWhere,
  type OwnerFilter,
  ownerWhere,
  type PageBounds,
} from './list-filters.ts'
import { lockRows } from './locks.ts'
import { pageOf } from './page-of.ts'
import * as users from './users.ts'
import * as vehicles from './vehicles.ts'

export type BookingRow = Booking
export type InstalmentRow = Instalment
export type BookingDetails = Booking & {
  readonly user: { readonly email: string | null; readonly mobile: string | null }
  readonly vehicle: vehicles.VehicleWithImages
}

const details = {
  user: { select: { email: true, mobile: true } },
  vehicle: { include: vehicles.withImages },
} satisfies BookingInclude

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
  await lockRows(tx, 'bookings', [id])
  const row = await tx.booking.findUnique({ where: { id } })
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('booking.not_found')
  return row
}

/** The booking with what its representation shows; `ownedBy` hides other members' bookings. Refuses with `booking.not_found`. */
export async function get(
  reader: Reader | Tx,
  id: number,
  { ownedBy }: { ownedBy: number | null },
): Promise<BookingDetails> {
  const row = await reader.booking.findUnique({ where: { id }, include: details })
  if (!row || (ownedBy !== null && row.userId !== ownedBy)) throw new DomainError('booking.not_found')
  return row
}

export type BookingFilter = OwnerFilter &
  CreatedFilter & {
    readonly status?: Booking['status'] | undefined
    readonly paymentOption?: Booking['paymentOption'] | undefined
    readonly vehicleId?: number | undefined
    /** How the booking number, the member's e-mail address or mobile number begins, or part of the vehicle's name. */
    readonly search?: string | undefined
  }

/** One page of bookings, newest first unless asked otherwise, and how many there are in all. */
export async function list(
  reader: Reader,
  filter: BookingFilter,
  page: PageBounds & { direction: 'asc' | 'desc' },
): Promise<{ count: number; rows: BookingDetails[] }> {
  const where: BookingWhereInput = {
    ...ownerWhere(filter),
    ...createdWhere(filter),
    ...(filter.status && { status: filter.status }),
    ...(filter.paymentOption && { paymentOption: filter.paymentOption }),
    ...(filter.vehicleId !== undefined && { vehicleId: filter.vehicleId }),
    ...(filter.search && (await searchWhere(reader, filter.search))),
  }
  return pageOf({
    count: () => reader.booking.count({ where }),
    ids: () =>
      reader.booking.findMany({
        where,
        orderBy: byAge(filter, page.direction),
        skip: page.skip,
        take: page.take,
        select: { id: true },
      }),
    rows: (ids) => reader.booking.findMany({ where: ids, include: details }),
  })
}

/** Numbers, members and vehicles that one search looks through; who finds too many types on. */
const mostFound = 100

/**
 * What a search means, as ids: each kind is looked up by an index of its own first, because no index answers a question about several
 * tables at once.
 */
async function searchWhere(reader: Reader, search: string): Promise<BookingWhereInput> {
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
  const found: BookingWhereInput[] = []
  if (numbered.length > 0) found.push({ id: { in: numbered.map(({ id }) => id) } })
  if (members.length > 0) found.push({ userId: { in: members } })
  if (models.length > 0) found.push({ vehicleId: { in: models } })
  return { OR: found }
}

/** How many bookings of a member there are in each state. */
export async function countByStatus(
  reader: Reader,
  userId: number,
): Promise<Partial<Record<Booking['status'], number>>> {
  const rows = await reader.booking.groupBy({ by: ['status'], where: { userId }, _count: { _all: true } })
  return Object.fromEntries(rows.map(({ status, _count }) => [status, _count._all]))
}

export function insert(tx: Tx, data: BookingCreateManyInput): Promise<BookingRow> {
  return tx.booking.create({ data })
}

export async function insertInstalments(
  tx: Tx,
  bookingId: number,
  schedule: readonly ScheduledInstalment[],
): Promise<void> {
  if (schedule.length === 0) return
  await tx.instalment.createMany({ data: schedule.map((instalment) => ({ bookingId, ...instalment })) })
}

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
  await tx.booking.update({
    where: { id: booking.id },
    data: {
      status: booking.status,
      totalPaid: booking.totalPaid,
      confirmedAt: booking.confirmedAt,
      completedAt: booking.completedAt,
      updatedAt: now,
      ...extra,
    },
  })
}

export async function saveInstalment(
  tx: Tx,
  id: number,
  state: { paidAmount: bigint; status: Instalment['status']; paidAt: Date | null },
): Promise<void> {
  await tx.instalment.update({ where: { id }, data: state })
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
