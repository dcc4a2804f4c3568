import { vehicleImages } from '@ev/db'
import { primaryOf } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'

/** What of a picture may be changed; a part that is undefined stays as it is. */
export type VehicleImageChange = {
  readonly altText?: string | undefined
  readonly position?: number | undefined
  readonly isPrimary?: boolean | undefined
}

/**
 * Changes what is said of a picture. Making it the primary one takes that from the other; ceasing to be hands it to the next in order, if there is
 * another. Refuses with `vehicle.image_not_found`.
 */
export function changeVehicleImage(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actorId, imageId, change }: { actorId: number; imageId: number; change: VehicleImageChange },
): Promise<vehicleImages.VehicleImageRow> {
  const { altText, position, isPrimary } = change
  const now = deps.clock.now()
  return deps.db.transaction(async (tx) => {
    const { image, images } = await vehicleImages.lockBeside(tx, imageId)
    const changed = await vehicleImages.update(tx, imageId, {
      ...(altText !== undefined && { altText }),
      ...(position !== undefined && { position }),
      updatedAt: now,
    })
    const primaryId = primaryOf(
      images.map((each) => (each.id === imageId ? changed : each)),
      { wanted: isPrimary === true ? imageId : null, unwanted: isPrimary === false ? imageId : null },
    )
    await vehicleImages.setPrimary(tx, { vehicleId: image.vehicleId, primaryId, now })
    await recordAudit(tx, deps, {
      actorId,
      action: 'vehicle.image_changed',
      subject: { type: 'vehicle', id: image.vehicleId },
      details: { imageId, primaryImageId: primaryId },
    })
    return vehicleImages.get(tx, imageId)
  })
}
