import { type Tx, users, vehicles } from '@ev/db'
import { formatRupees, movementOfEdit, requirePrice, stockAfterEdit } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import type { CreateVehicle } from './create-vehicle.ts'

/** What of a vehicle may be changed; a part that is undefined stays as it is. */
export type VehicleChange = { readonly [K in keyof Omit<CreateVehicle, 'actorId'>]?: CreateVehicle[K] | undefined }

/**
 * Changes a vehicle of the catalogue; a new quantity of stock becomes a movement. Bookings keep the price they were made at. Refuses with
 * `vehicle.not_found` and a price that is not positive.
 */
export function changeVehicle(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actorId, vehicleId, change }: { actorId: number; vehicleId: number; change: VehicleChange },
): Promise<vehicles.VehicleWithImages> {
  if (change.price !== undefined) requirePrice(change.price)
  const now = deps.clock.now()
  return deps.db.transaction(async (tx) => {
    // A movement refers to its actor: members are locked before vehicles.
    await users.lock(tx, actorId)
    const before = await vehicles.lock(tx, vehicleId)
    const stock = stockAfterEdit(before, change)
    await vehicles.update(tx, vehicleId, { ...columnsOf(change), ...stock, updatedAt: now })
    await recordMovement(tx, { before, stock, actorId, now })
    await recordAudit(tx, deps, {
      actorId,
      action: 'vehicle.changed',
      subject: { type: 'vehicle', id: vehicleId },
      details: {
        fields: Object.keys(definedOf(change)).sort().join(', '),
        ...(change.price !== undefined && {
          priceFrom: formatRupees(before.price),
          priceTo: formatRupees(change.price),
        }),
        statusFrom: before.status,
        statusTo: stock.status,
        stockFrom: before.stockQuantity,
        stockTo: stock.stockQuantity,
      },
    })
    return vehicles.get(tx, vehicleId)
  })
}

async function recordMovement(
  tx: Tx,
  {
    before,
    stock,
    actorId,
    now,
  }: {
    before: vehicles.VehicleRow
    stock: Pick<vehicles.VehicleRow, 'status' | 'stockQuantity'>
    actorId: number
    now: Date
  },
): Promise<void> {
  if (stock.stockQuantity === before.stockQuantity) return
  const delta = movementOfEdit(await vehicles.movementSum(tx, before.id), stock)
  if (delta === null) return
  await vehicles.insertMovement(tx, { vehicleId: before.id, actorId, reason: 'adjustment', delta, createdAt: now })
}

function columnsOf({ colors, batteryVariants, features, specifications, name, price, description }: VehicleChange) {
  return definedOf({
    name,
    price,
    description,
    vehicleColors: colors && [...colors],
    batteryVariants: batteryVariants && [...batteryVariants],
    features: features && [...features],
    specifications: specifications && { ...specifications },
  })
}

function definedOf<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
