import { vehicleImages, vehicles } from '@ev/db'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import { deleteFilesAfterCommit } from '../files/stored-files.ts'

/**
 * Deletes a vehicle that nobody ever booked, with its pictures and movements of stock. Refuses with `vehicle.not_found` and `vehicle.in_use`.
 */
export function deleteVehicle(
  deps: Pick<Deps, 'db' | 'clock' | 'files' | 'log'>,
  { actorId, vehicleId }: { actorId: number; vehicleId: number },
): Promise<void> {
  return deps.db.transaction(async (tx) => {
    const images = await vehicleImages.lockAllOf(tx, vehicleId)
    const { modelCode, name } = await vehicles.get(tx, vehicleId)
    await vehicles.remove(tx, vehicleId)
    deleteFilesAfterCommit(
      tx,
      deps,
      images.flatMap(({ fileKey, thumbnailKey }) => [fileKey, thumbnailKey]),
    )
    await recordAudit(tx, deps, {
      actorId,
      action: 'vehicle.deleted',
      subject: { type: 'vehicle', id: vehicleId },
      details: { modelCode, name },
    })
  })
}
