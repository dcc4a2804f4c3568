import { vehicleImages } from '@ev/db'
import { primaryOf } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import { deleteFilesAfterCommit } from '../files/stored-files.ts'

/** Deletes a picture and, once that is certain, its files. The next in order stands for the vehicle. Refuses with `vehicle.image_not_found`. */
export function deleteVehicleImage(
  deps: Pick<Deps, 'db' | 'clock' | 'files' | 'log'>,
  { actorId, imageId }: { actorId: number; imageId: number },
): Promise<void> {
  return deps.db.transaction(async (tx) => {
    const { image, images } = await vehicleImages.lockBeside(tx, imageId)
    await vehicleImages.remove(tx, imageId)
    const primaryId = primaryOf(
      images.filter(({ id }) => id !== imageId),
      {},
    )
    await vehicleImages.setPrimary(tx, { vehicleId: image.vehicleId, primaryId, now: deps.clock.now() })
    deleteFilesAfterCommit(tx, deps, [image.fileKey, image.thumbnailKey])
    await recordAudit(tx, deps, {
      actorId,
      action: 'vehicle.image_deleted',
      subject: { type: 'vehicle', id: image.vehicleId },
      details: { imageId, primaryImageId: primaryId },
    })
  })
}
