import { vehicles } from '@ev/db'
import { DomainError, type Paise } from '@ev/domain'
import type { Deps } from '../deps.ts'

export type CreateVehicle = {
  readonly name: string
  readonly colors: readonly string[]
  readonly batteryVariants: readonly string[]
  readonly price: Paise
  readonly status: 'available' | 'out_of_stock' | 'discontinued'
  readonly description: string
  readonly features: readonly string[]
  readonly specifications: Readonly<Record<string, string>>
  readonly stockQuantity: number | null
}

const codeAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Puts a vehicle into the catalogue under a model code of its own, `EV-` and six characters. Refuses a price that is not positive. */
export async function createVehicle(
  { db, clock, ids }: Pick<Deps, 'db' | 'clock' | 'ids'>,
  command: CreateVehicle,
): Promise<vehicles.VehicleWithImages> {
  if (command.price <= 0n)
    throw new DomainError('validation.failed', { reason: 'A price above zero is expected.' }, 'price')
  const now = clock.now()
  const code = Array.from(ids.bytes(6), (byte) => codeAlphabet[byte % codeAlphabet.length]).join('')
  return db.transaction(async (tx) => {
    const vehicle = await vehicles.insert(tx, {
      name: command.name,
      modelCode: `EV-${code}`,
      vehicleColors: [...command.colors],
      batteryVariants: [...command.batteryVariants],
      price: command.price,
      status: command.status,
      description: command.description,
      features: [...command.features],
      specifications: { ...command.specifications },
      stockQuantity: command.stockQuantity,
      createdAt: now,
      updatedAt: now,
    })
    return { ...vehicle, images: [] }
  })
}
