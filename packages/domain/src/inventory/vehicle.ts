import { DomainError } from '../errors.ts'
import type { Paise } from '../money.ts'

export const vehicleStatuses = ['available', 'out_of_stock', 'discontinued'] as const

export type VehicleStatus = (typeof vehicleStatuses)[number]

/** What a booking needs to know of a vehicle. `stockQuantity` is null when stock is not tracked. */
export type BookableVehicle = {
  readonly id: number
  readonly price: Paise
  readonly status: VehicleStatus
  readonly stockQuantity: number | null
  readonly colors: readonly string[]
  readonly batteryVariants: readonly string[]
}

/** What of a vehicle changes when a unit is taken or given back. */
export type Stock = Pick<BookableVehicle, 'status' | 'stockQuantity'>

/** Refuses a vehicle that cannot be booked now: `vehicle.discontinued`, `vehicle.out_of_stock`. */
export function requireBookable(vehicle: BookableVehicle): void {
  if (vehicle.status === 'discontinued') throw new DomainError('vehicle.discontinued', {}, 'vehicle_model')
  if (vehicle.status === 'out_of_stock' || vehicle.stockQuantity === 0) {
    throw new DomainError('vehicle.out_of_stock', {}, 'vehicle_model')
  }
}

/**
 * Refuses a colour or battery that the vehicle does not come in with `vehicle.option_unknown`. A vehicle that lists no options takes
 * none, and none need be chosen.
 */
export function requireOptions(
  vehicle: BookableVehicle,
  chosen: { color: string | null; batteryVariant: string | null },
): void {
  if (chosen.color !== null && !vehicle.colors.includes(chosen.color)) {
    throw new DomainError('vehicle.option_unknown', { option: 'color' }, 'vehicle_color')
  }
  if (chosen.batteryVariant !== null && !vehicle.batteryVariants.includes(chosen.batteryVariant)) {
    throw new DomainError('vehicle.option_unknown', { option: 'battery' }, 'battery_variant')
  }
}

/** Stock after a booking took one unit; the last unit marks the vehicle out of stock. Untracked stock stays as it is. */
export function takeUnit(stock: Stock): Stock {
  if (stock.stockQuantity === null) return { status: stock.status, stockQuantity: null }
  if (stock.stockQuantity <= 0) throw new DomainError('vehicle.out_of_stock', {}, 'vehicle_model')
  const stockQuantity = stock.stockQuantity - 1
  return { stockQuantity, status: stockQuantity === 0 && stock.status === 'available' ? 'out_of_stock' : stock.status }
}

/** Stock after an expired or cancelled booking gave its unit back; a vehicle that had sold out is available again. */
export function giveBackUnit(stock: Stock): Stock {
  if (stock.stockQuantity === null) return { status: stock.status, stockQuantity: null }
  const soldOut = stock.stockQuantity === 0 && stock.status === 'out_of_stock'
  return { stockQuantity: stock.stockQuantity + 1, status: soldOut ? 'available' : stock.status }
}
