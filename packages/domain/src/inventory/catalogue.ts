import { DomainError } from '../errors.ts'
import type { Paise } from '../money.ts'
import type { Stock, VehicleStatus } from './vehicle.ts'

/** Refuses, as `validation.failed` on `price`, a price that is not above zero. */
export function requirePrice(price: Paise): void {
  if (price <= 0n) throw new DomainError('validation.failed', { reason: 'A price above zero is expected.' }, 'price')
}

/** What an edit says about stock: a part that it leaves out is undefined; a quantity of null ends the tracking. */
export type StockEdit = {
  readonly status?: VehicleStatus | undefined
  readonly stockQuantity?: number | null | undefined
}

const newStock: Stock = { status: 'available', stockQuantity: null }

/**
 * Stock after someone edited it; `before` is null for a new vehicle. What is tracked and used up is out of stock, whatever was asked for. A vehicle that
 * had sold out and gets units (or is no longer tracked) is available again unless the edit names a status. Only an edit brings a
 * discontinued vehicle back.
 */
export function stockAfterEdit(before: Stock | null, edit: StockEdit): Stock {
  const { status, stockQuantity } = before ?? newStock
  const quantity = edit.stockQuantity === undefined ? stockQuantity : edit.stockQuantity
  const hadSoldOut = status === 'out_of_stock' && stockQuantity === 0
  const wanted = edit.status ?? (hadSoldOut ? 'available' : status)
  return { status: wanted === 'available' && quantity === 0 ? 'out_of_stock' : wanted, stockQuantity: quantity }
}

/**
 * The movement that an edit of stock is recorded as, or null for none: what brings the sum of all movements so far to the new quantity. A
 * vehicle whose stock is not tracked has no movements of its own.
 */
export function movementOfEdit(sumSoFar: number, { stockQuantity }: Stock): number | null {
  const delta = (stockQuantity ?? sumSoFar) - sumSoFar
  return delta === 0 ? null : delta
}
