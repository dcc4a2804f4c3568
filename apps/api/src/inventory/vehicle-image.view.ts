import type { vehicleImages } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant } from '../http/index.ts'

/** A picture on its vehicle's page. */
export const imageView = z.object({
  id: idNumber,
  image_url: z.string(),
  thumbnail_url: z.string().nullable(),
  alt_text: z.string(),
  is_primary: z.boolean(),
  order: z.int(),
  width: z.int(),
  height: z.int(),
})

/** A picture by itself, with the vehicle that it belongs to. */
export const vehicleImageView = imageView.extend({ vehicle: idNumber, created_at: instant, updated_at: instant })

const mediaUrl = (key: string) => `/media/${key}`

export function toImageView(image: vehicleImages.VehicleImageRow): z.output<typeof imageView> {
  return {
    id: image.id,
    image_url: mediaUrl(image.fileKey),
    thumbnail_url: image.thumbnailKey === null ? null : mediaUrl(image.thumbnailKey),
    alt_text: image.altText,
    is_primary: image.isPrimary,
    order: image.position,
    width: image.width,
    height: image.height,
  }
}

export function toVehicleImageView(image: vehicleImages.VehicleImageRow): z.output<typeof vehicleImageView> {
  const { vehicleId, createdAt, updatedAt } = image
  return { ...toImageView(image), vehicle: vehicleId, created_at: createdAt, updated_at: updatedAt }
}
