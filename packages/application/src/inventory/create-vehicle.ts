import { vehicles } from '@ev/db'
import { movementOfEdit, type Paise, requirePrice, stockAfterEdit, type VehicleStatus } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'

export type CreateVehicle = {
  /** Who does it; null for the platform itself, which writes no audit line. */
  readonly actorId: number | null
  readonly name: string
  readonly colors: readonly string[]
  readonly batteryVariants: readonly string[]
  readonly price: Paise
  readonly status: VehicleStatus
  readonly description: string
  readonly features: readonly string[]
  readonly specifications: Readonly<Record<string, string>>
  readonly stockQuantity: number | null
}

const codeAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * Puts a vehicle into the catalogue under a model code of its own, `EV-` and six characters, with its first stock as a movement. Refuses a
 * price that is not positive.
 */
export async function createVehicle(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  command: CreateVehicle,
): Promise<vehicles.VehicleWithImages> {
  requirePrice(command.price)
  const { actorId } = command
  const now = deps.clock.now()
  const code = Array.from(deps.ids.bytes(6), (byte) => codeAlphabet[byte % codeAlphabet.length]).join('')
  const stock = stockAfterEdit(null, command)
  const delta = movementOfEdit(0, stock)
  return deps.db.transaction(async (tx) => {
    const vehicle = await vehicles.insert(tx, {
      name: command.name,
      modelCode: `EV-${code}`,
      vehicleColors: [...command.colors],
      batteryVariants: [...command.batteryVariants],
      price: command.price,
      ...stock,
      description: command.description,
      features: [...command.features],
      specifications: { ...command.specifications },
      createdAt: now,
      updatedAt: now,
    })
    if (delta !== null)
      await vehicles.insertMovement(tx, { vehicleId: vehicle.id, actorId, reason: 'initial', delta, createdAt: now })
    if (actorId !== null)
      await recordAudit(tx, deps, {
        actorId,
        action: 'vehicle.created',
        subject: { type: 'vehicle', id: vehicle.id },
        details: { modelCode: vehicle.modelCode, name: vehicle.name },
      })
    return { ...vehicle, images: [] }
  })
}
