import { type BookableVehicle, DomainError, giveBackUnit, type Stock } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { Vehicle, VehicleImage } from './generated/sqlite/client.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type {
  VehicleCreateManyInput,
  VehicleInclude,
  VehicleUpdateManyMutationInput,
  VehicleWhereInput,
} from './generated/sqlite/models.ts'
import type { PageBounds } from './list-filters.ts'
import { lockRows } from './locks.ts'
import { providerOf } from './tx.ts'

export type VehicleRow = Vehicle

export type VehicleWithImages = Vehicle & { readonly images: readonly VehicleImage[] }

export const withImages = { images: { orderBy: [{ position: 'asc' }, { id: 'asc' }] } } satisfies VehicleInclude

/** The vehicle with its pictures, or the refusal `vehicle.not_found`. */
export async function get(reader: Reader | Tx, id: number): Promise<VehicleWithImages> {
  const vehicle = await reader.vehicle.findUnique({ where: { id }, include: withImages })
  if (!vehicle) throw new DomainError('vehicle.not_found')
  return vehicle
}

export function findByModelCode(reader: Reader | Tx, modelCode: string): Promise<Vehicle | null> {
  return reader.vehicle.findUnique({ where: { modelCode } })
}

/** Vehicles whose name contains the text, at most `limit`. The catalogue is small, so it is looked through. */
export async function idsByName(reader: Reader, text: string, { limit }: { limit: number }): Promise<number[]> {
  const rows = await reader.vehicle.findMany({ where: { name: { contains: text } }, select: { id: true }, take: limit })
  return rows.map(({ id }) => id)
}

export type VehicleFilter = {
  readonly status?: Vehicle['status'] | undefined
  readonly name?: string | undefined
  readonly modelCode?: string | undefined
  readonly minPrice?: bigint | undefined
  readonly maxPrice?: bigint | undefined
  /** One of the colours, exactly as it is written. */
  readonly color?: string | undefined
  /** One of the batteries, exactly as it is written. */
  readonly batteryVariant?: string | undefined
  readonly search?: string | undefined
}

export type VehicleOrder = 'name' | 'price' | 'created_at'

/** One page of the catalogue and how many there are in all. */
export async function list(
  reader: Reader,
  filter: VehicleFilter,
  page: PageBounds & { orderBy: { field: VehicleOrder; direction: 'asc' | 'desc' } },
): Promise<{ count: number; rows: VehicleWithImages[] }> {
  const { color, batteryVariant } = filter
  const where: VehicleWhereInput = {
    AND: [
      ...(color === undefined ? [] : [{ id: { in: await idsWith(reader, 'vehicle_colors', color) } }]),
      ...(batteryVariant === undefined
        ? []
        : [{ id: { in: await idsWith(reader, 'battery_variants', batteryVariant) } }]),
    ],
    ...(filter.status && { status: filter.status }),
    ...(filter.name && { name: { contains: filter.name } }),
    ...(filter.modelCode && { modelCode: filter.modelCode }),
    ...((filter.minPrice !== undefined || filter.maxPrice !== undefined) && {
      price: {
        ...(filter.minPrice !== undefined && { gte: filter.minPrice }),
        ...(filter.maxPrice !== undefined && { lte: filter.maxPrice }),
      },
    }),
    ...(filter.search && {
      OR: [
        { name: { contains: filter.search } },
        // MySQL compares model codes exactly; they are stored in upper case.
        { modelCode: { contains: filter.search.toUpperCase() } },
        { description: { contains: filter.search } },
      ],
    }),
  }
  const column = { name: 'name', price: 'price', created_at: 'createdAt' } as const
  const { field, direction } = page.orderBy
  const [count, rows] = await Promise.all([
    reader.vehicle.count({ where }),
    reader.vehicle.findMany({
      where,
      include: withImages,
      orderBy: [{ [column[field]]: direction }, { id: direction }],
      skip: page.skip,
      take: page.take,
    }),
  ])
  return { count, rows }
}

const mostWithOption = 1_000

/** Vehicles whose list of options holds `option`; the two databases look into JSON in different ways. */
async function idsWith(
  reader: Reader,
  column: 'vehicle_colors' | 'battery_variants',
  option: string,
): Promise<number[]> {
  const options = Prisma.raw(column)
  const rows =
    providerOf(reader) === 'sqlite'
      ? await reader.$queryRaw<
          { id: number | bigint }[]
        >`SELECT id FROM vehicles WHERE EXISTS (SELECT 1 FROM json_each(${options}) WHERE value = ${option}) LIMIT ${mostWithOption}`
      : await reader.$queryRaw<
          { id: number | bigint }[]
        >`SELECT id FROM vehicles WHERE JSON_CONTAINS(${options}, JSON_QUOTE(${option})) LIMIT ${mostWithOption}`
  return rows.map(({ id }) => Number(id))
}

export function insert(tx: Tx, data: VehicleCreateManyInput): Promise<Vehicle> {
  return tx.vehicle.create({ data })
}

/** Locks a vehicle to be edited, or refuses with `vehicle.not_found`. What is read afterwards is the newest committed state. */
export async function lock(tx: Tx, id: number): Promise<VehicleRow> {
  await lockRows(tx, 'vehicles', [id])
  return find(tx, id)
}

/** Writes what was edited. The caller holds the vehicle's row. */
export async function update(tx: Tx, id: number, data: VehicleUpdateManyMutationInput): Promise<void> {
  await tx.vehicle.update({ where: { id }, data })
}

/** Deletes a vehicle with its pictures' rows and stock movements, or refuses with `vehicle.in_use`. The caller holds the vehicle's row. */
export async function remove(tx: Tx, id: number): Promise<void> {
  if (await tx.booking.findFirst({ where: { vehicleId: id }, select: { id: true } }))
    throw new DomainError('vehicle.in_use')
  await tx.stockMovement.deleteMany({ where: { vehicleId: id } })
  await tx.vehicle.delete({ where: { id } })
}

/** What all movements of a vehicle's stock so far add up to. */
export async function movementSum(tx: Tx, vehicleId: number): Promise<number> {
  const { _sum } = await tx.stockMovement.aggregate({ where: { vehicleId }, _sum: { delta: true } })
  return _sum.delta ?? 0
}

/** Records that someone set the stock to another quantity. */
export async function insertMovement(
  tx: Tx,
  data: { vehicleId: number; actorId: number | null; reason: 'initial' | 'adjustment'; delta: number; createdAt: Date },
): Promise<void> {
  await tx.stockMovement.create({ data })
}

/** The vehicle as the rules of booking see it. */
export function toBookable(row: VehicleRow): BookableVehicle {
  const { id, price, status, stockQuantity } = row
  return {
    id,
    price,
    status,
    stockQuantity,
    colors: texts(row.vehicleColors),
    batteryVariants: texts(row.batteryVariants),
  }
}

/** A JSON column that holds a list of texts. */
export function texts(json: unknown): string[] {
  return Array.isArray(json) ? json.filter((item) => typeof item === 'string') : []
}

/**
 * Reads a vehicle to be booked, as it stays until `tx` ends. Its row is locked when stock is tracked, so that two bookings never take the same
 * last unit, and shared with other bookings when it is not.
 */
export async function lockStock(tx: Tx, id: number): Promise<VehicleRow> {
  const isTracked = (await find(tx, id)).stockQuantity !== null
  if (!isTracked) await shareRow(tx, id)
  const row = await find(tx, id)
  if (row.stockQuantity === null) return row
  await lockRows(tx, 'vehicles', [id])
  return find(tx, id)
}

async function find(tx: Tx, id: number): Promise<VehicleRow> {
  const row = await tx.vehicle.findUnique({ where: { id } })
  if (!row) throw new DomainError('vehicle.not_found')
  return row
}

/** Keeps a vehicle from being changed or deleted until `tx` ends, while others may do the same. */
async function shareRow(tx: Tx, id: number): Promise<void> {
  if (providerOf(tx) === 'sqlite') return
  await tx.$queryRaw`SELECT id FROM vehicles WHERE id = ${id} LOCK IN SHARE MODE`
}

/** Writes the unit that a booking took. The caller holds the vehicle's row. */
export async function reserveUnit(
  tx: Tx,
  { vehicle, bookingId, stock, now }: { vehicle: VehicleRow; bookingId: number; stock: Stock; now: Date },
): Promise<void> {
  await tx.stockMovement.create({
    data: { vehicleId: vehicle.id, bookingId, reason: 'reservation', delta: -1, createdAt: now },
  })
  await tx.vehicle.update({ where: { id: vehicle.id }, data: { ...stock, updatedAt: now } })
}

/** Gives the unit back that a booking had taken, once; a booking that had taken none gives none back. */
export async function releaseUnit(
  tx: Tx,
  { vehicleId, bookingId, now }: { vehicleId: number; bookingId: number; now: Date },
): Promise<void> {
  const reservation = { bookingId_reason: { bookingId, reason: 'reservation' } } as const
  if (!(await tx.stockMovement.findUnique({ where: reservation }))) return
  await lockRows(tx, 'vehicles', [vehicleId])
  const row = await tx.vehicle.findUniqueOrThrow({ where: { id: vehicleId } })
  await tx.stockMovement.create({ data: { vehicleId, bookingId, reason: 'release', delta: 1, createdAt: now } })
  await tx.vehicle.update({ where: { id: vehicleId }, data: { ...giveBackUnit(row), updatedAt: now } })
}
