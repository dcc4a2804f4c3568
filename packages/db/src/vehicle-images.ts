import { DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import type { VehicleImage } from './generated/sqlite/client.ts'
import type { VehicleImageCreateManyInput, VehicleImageUpdateManyMutationInput } from './generated/sqlite/models.ts'
import type { PageBounds } from './list-filters.ts'
import * as vehicles from './vehicles.ts'

export type VehicleImageRow = VehicleImage

/** One page of pictures in the order of their vehicles' pages, and how many there are in all. */
export async function list(
  reader: Reader,
  { vehicleId }: { vehicleId?: number | undefined },
  page: PageBounds,
): Promise<{ count: number; rows: VehicleImageRow[] }> {
  const where = vehicleId === undefined ? {} : { vehicleId }
  const orderBy = [{ vehicleId: 'asc' }, { position: 'asc' }, { id: 'asc' }] as const
  const [count, rows] = await Promise.all([
    reader.vehicleImage.count({ where }),
    reader.vehicleImage.findMany({ where, orderBy: [...orderBy], ...page }),
  ])
  return { count, rows }
}

/** The picture, or the refusal `vehicle.image_not_found`. */
export async function get(reader: Reader | Tx, id: number): Promise<VehicleImageRow> {
  const row = await reader.vehicleImage.findUnique({ where: { id } })
  if (!row) throw new DomainError('vehicle.image_not_found')
  return row
}

/** Locks a vehicle and answers its pictures: which of them is the primary one is decided by one caller at a time. Refuses with `vehicle.not_found`. */
export async function lockAllOf(tx: Tx, vehicleId: number): Promise<VehicleImageRow[]> {
  await vehicles.lock(tx, vehicleId)
  return tx.vehicleImage.findMany({ where: { vehicleId } })
}

/** Locks the vehicle of a picture and answers its pictures. Refuses with `vehicle.image_not_found`, also when it goes while it waits. */
export async function lockBeside(tx: Tx, id: number): Promise<{ image: VehicleImageRow; images: VehicleImageRow[] }> {
  const { vehicleId } = await get(tx, id)
  const images = await lockAllOf(tx, vehicleId)
  const image = images.find((each) => each.id === id)
  if (!image) throw new DomainError('vehicle.image_not_found')
  return { image, images }
}

/** Adds a picture whose files are already stored. The caller holds the vehicle's row, here and below. */
export function insert(tx: Tx, data: VehicleImageCreateManyInput): Promise<VehicleImageRow> {
  return tx.vehicleImage.create({ data })
}

export function update(tx: Tx, id: number, data: VehicleImageUpdateManyMutationInput): Promise<VehicleImageRow> {
  return tx.vehicleImage.update({ where: { id }, data })
}

export async function remove(tx: Tx, id: number): Promise<void> {
  await tx.vehicleImage.delete({ where: { id } })
}

/** Makes `primaryId` the one primary picture of a vehicle; null where there are none. */
export async function setPrimary(
  tx: Tx,
  { vehicleId, primaryId, now }: { vehicleId: number; primaryId: number | null; now: Date },
): Promise<void> {
  await tx.vehicleImage.updateMany({
    where: { vehicleId, isPrimary: true, ...(primaryId !== null && { id: { not: primaryId } }) },
    data: { isPrimary: false, updatedAt: now },
  })
  if (primaryId === null) return
  await tx.vehicleImage.updateMany({
    where: { id: primaryId, isPrimary: false },
    data: { isPrimary: true, updatedAt: now },
  })
}
