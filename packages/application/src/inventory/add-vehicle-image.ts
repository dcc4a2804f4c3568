import { vehicleImages, vehicles } from '@ev/db'
import { nextPosition, primaryOf, requireRoomForPicture } from '@ev/domain'
import { cleanImage, newFileKey } from '@ev/runtime'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import { withStoredFiles } from '../files/stored-files.ts'

export type AddVehicleImage = {
  /** Who does it; null for the platform itself, which writes no audit line. */
  readonly actorId: number | null
  readonly vehicleId: number
  readonly content: Buffer
  readonly altText: string
  readonly isPrimary: boolean
  /** Among the vehicle's pictures; null puts it behind the last. */
  readonly position: number | null
}

/** Longest edges in pixels: of the picture on a page of its own, and of the one in a list. */
export const pictureEdge = 1_600
export const thumbnailEdge = 400
export const pictureFormat = 'image/webp'

/**
 * Adds a picture to a vehicle: made anew as WebP, with a small one beside it. The first of a vehicle is its primary one. Refuses with
 * `vehicle.not_found`, `vehicle.too_many_images`, and what `cleanImage` refuses on the field `image`.
 */
export async function addVehicleImage(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'files' | 'log'>,
  command: AddVehicleImage,
): Promise<vehicleImages.VehicleImageRow> {
  const { vehicleId, actorId } = command
  // Looked at before the work, and again under the lock.
  requireRoomForPicture((await vehicles.get(deps.db.read, vehicleId)).images)
  const picture = await cleanImage({
    content: command.content,
    format: pictureFormat,
    maxEdge: pictureEdge,
    field: 'image',
  })
  const thumbnail = await cleanImage({
    content: picture.content,
    format: pictureFormat,
    maxEdge: thumbnailEdge,
    field: 'image',
  })
  const fileKey = newFileKey({ folder: 'vehicles', contentType: pictureFormat, ids: deps.ids })
  const thumbnailKey = newFileKey({ folder: 'vehicles/small', contentType: pictureFormat, ids: deps.ids })
  const files = [
    { key: fileKey, content: picture.content, contentType: pictureFormat },
    { key: thumbnailKey, content: thumbnail.content, contentType: pictureFormat },
  ] as const
  const now = deps.clock.now()
  return withStoredFiles(deps, files, () =>
    deps.db.transaction(async (tx) => {
      const images = await vehicleImages.lockAllOf(tx, vehicleId)
      requireRoomForPicture(images)
      const image = await vehicleImages.insert(tx, {
        vehicleId,
        fileKey,
        thumbnailKey,
        contentType: pictureFormat,
        width: picture.width,
        height: picture.height,
        altText: command.altText,
        position: command.position ?? nextPosition(images),
        createdAt: now,
        updatedAt: now,
      })
      const primaryId = primaryOf([...images, image], { wanted: command.isPrimary ? image.id : null })
      await vehicleImages.setPrimary(tx, { vehicleId, primaryId, now })
      if (actorId !== null)
        await recordAudit(tx, deps, {
          actorId,
          action: 'vehicle.image_added',
          subject: { type: 'vehicle', id: vehicleId },
          details: { imageId: image.id },
        })
      return vehicleImages.get(tx, image.id)
    }),
  )
}
