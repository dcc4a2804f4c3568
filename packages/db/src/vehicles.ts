import { type BookableVehicle, DomainError, giveBackUnit, type Stock } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import { allOf, among, anyOf, type Condition, compared } from './direct/conditions.ts'
import { type DirectRow, inList } from './direct/direct.ts'
import { vehicleImageTable, vehicleTable } from './direct/tables.ts'
import { insertRow, updateRow } from './direct/write-row.ts'
import type { Vehicle, VehicleImage } from './generated/sqlite/client.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type {
  VehicleCreateManyInput,
  VehicleInclude,
  VehicleUpdateManyMutationInput,
} from './generated/sqlite/models.ts'
import type { PageBounds } from './list-filters.ts'
import { lockingRead, lockRows } from './locks.ts'
import { directOf, providerOf } from './tx.ts'

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

/** What joins the pictures to their vehicles, their order, and the columns of both, for a statement whose rows `readWithPictures` reads. */
export const pictures = 'LEFT JOIN vehicle_images ON vehicle_images.vehicle_id = vehicles.id'
export const inOrder = 'vehicle_images.position, vehicle_images.id'
export const withPictures = `${vehicleTable.columns('vehicles')}, ${vehicleImageTable.columns('vehicle_images')}`

/** One page of the catalogue and how many there are in all. */
export async function list(
  reader: Reader,
  filter: VehicleFilter,
  page: PageBounds & { orderBy: { field: VehicleOrder; direction: 'asc' | 'desc' } },
): Promise<{ count: number; rows: VehicleWithImages[] }> {
  const where = await whereOf(reader, filter)
  const { field, direction } = page.orderBy
  const order = `vehicles.${field} ${direction}, vehicles.id ${direction}`
  const rows = await directOf(reader).rows(
    `SELECT (SELECT COUNT(*) FROM vehicles WHERE ${where.sql}), ${withPictures}
      FROM (SELECT vehicles.id FROM vehicles WHERE ${where.sql} ORDER BY ${order} LIMIT ? OFFSET ?) page
      JOIN vehicles ON vehicles.id = page.id ${pictures} ORDER BY ${order}, ${inOrder}`,
    [...where.values, ...where.values, page.take, page.skip],
  )
  return { count: await countOf(reader, where, rows), rows: readWithPictures(rows, 1) }
}

/** The count stands beside each row of the page. A page beyond the last one has none and counts by itself. */
async function countOf(reader: Reader, where: Condition, rows: readonly DirectRow[]): Promise<number> {
  const [[count] = []] =
    rows.length > 0
      ? rows
      : await directOf(reader).rows(`SELECT COUNT(*) FROM vehicles WHERE ${where.sql}`, where.values)
  return Number(count)
}

/** These vehicles with their pictures, by id. */
export async function findManyWithImages(
  reader: Reader | Tx,
  ids: readonly number[],
): Promise<Map<number, VehicleWithImages>> {
  const [first, ...others] = new Set(ids)
  if (first === undefined) return new Map()
  const wanted = inList([first, ...others])
  const rows = await directOf(reader).rows(
    `SELECT ${withPictures} FROM vehicles ${pictures} WHERE vehicles.id IN (${wanted.marks}) ORDER BY vehicles.id, ${inOrder}`,
    wanted.values,
  )
  return new Map(readWithPictures(rows, 0).map((vehicle) => [vehicle.id, vehicle]))
}

/** Rows of vehicles, each once for every picture; those of one vehicle stand together. A vehicle without pictures has one row without. */
export function readWithPictures(rows: readonly DirectRow[], from: number): VehicleWithImages[] {
  const vehicles: VehicleWithImages[] = []
  let images: VehicleImage[] = []
  for (const row of rows) {
    if (vehicles.at(-1)?.id !== Number(row[from])) {
      images = []
      vehicles.push({ ...vehicleTable.read(row, from), images })
    }
    if (row[from + vehicleTable.width] !== null) images.push(vehicleImageTable.read(row, from + vehicleTable.width))
  }
  return vehicles
}

async function whereOf(reader: Reader, filter: VehicleFilter): Promise<Condition> {
  const { color, batteryVariant, name, search } = filter
  const contains = (column: string, text: string) => ({ sql: `${column} LIKE ?`, values: [`%${text}%`] })
  return allOf([
    color === undefined ? null : among('vehicles.id', await idsWith(reader, 'vehicle_colors', color)),
    batteryVariant === undefined
      ? null
      : among('vehicles.id', await idsWith(reader, 'battery_variants', batteryVariant)),
    compared('vehicles.status', '=', filter.status),
    name ? contains('vehicles.name', name) : null,
    compared('vehicles.model_code', '=', filter.modelCode || undefined),
    compared('vehicles.price', '>=', filter.minPrice),
    compared('vehicles.price', '<=', filter.maxPrice),
    search
      ? anyOf([
          contains('vehicles.name', search),
          // MySQL compares model codes exactly; they are stored in upper case.
          contains('vehicles.model_code', search.toUpperCase()),
          contains('vehicles.description', search),
        ])
      : null,
  ])
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
  return read(tx, id, lockingRead(tx))
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

/** Whether a vehicle's stock was tracked when it was last booked in this process: it tells which lock to ask for first, and nothing more. */
const wasTracked = new Map<number, boolean>()

/**
 * Reads a vehicle to be booked, as it stays until `tx` ends. Its row is locked when stock is tracked, so that two bookings never take the same
 * last unit, and shared with other bookings when it is not.
 */
export async function lockStock(tx: Tx, id: number): Promise<VehicleRow> {
  if (providerOf(tx) === 'sqlite') return read(tx, id, '')
  const isOwn = wasTracked.get(id) ?? isTracked(await read(tx, id, ''))
  const row = await read(tx, id, isOwn ? lockingRead(tx) : ' LOCK IN SHARE MODE')
  wasTracked.set(id, isTracked(row))
  // Someone began to track it in between.
  return isOwn || !isTracked(row) ? row : read(tx, id, lockingRead(tx))
}

const isTracked = ({ stockQuantity }: VehicleRow) => stockQuantity !== null

const vehicleById = `SELECT ${vehicleTable.columns('vehicles')} FROM vehicles WHERE id = ?`

/** `lock` is what the statement ends with: how its row is kept from others until `tx` ends. */
async function read(tx: Tx, id: number, lock: '' | ' FOR UPDATE' | ' LOCK IN SHARE MODE'): Promise<VehicleRow> {
  const [found] = await directOf(tx).rows(`${vehicleById}${lock}`, [id])
  if (found === undefined) throw new DomainError('vehicle.not_found')
  return vehicleTable.read(found)
}

/** Writes the unit that a booking took. The caller holds the vehicle's row. */
export async function reserveUnit(
  tx: Tx,
  { vehicle, bookingId, stock, now }: { vehicle: VehicleRow; bookingId: number; stock: Stock; now: Date },
): Promise<void> {
  const movement = { vehicleId: vehicle.id, bookingId, reason: 'reservation', delta: -1, createdAt: now }
  await insertRow(tx, 'stock_movements', movement)
  await updateRow(tx, 'vehicles', vehicle.id, { ...stock, updatedAt: now })
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
