import { addVehicleImage } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { anyText } from '../fields.ts'
import { fileField, formFlag, formId, formInt, megabyte } from '../http/index.ts'
import { toVehicleImageView, vehicleImageView } from './vehicle-image.view.ts'

/** What may be said of a picture, when it is added and later. */
export const imageFields = {
  alt_text: anyText(200).optional(),
  is_primary: formFlag.optional(),
  order: formInt({ min: 0, max: 1_000 }).optional(),
}

export const addVehicleImageRoute = defineRoute({
  method: 'post',
  path: '/inventory/vehicle-images/',
  summary: 'Add a picture to a vehicle',
  description:
    'A JPEG, PNG or WebP of at most 5 MB. It is made anew as WebP, upright, without position or comments, at most 1,600 pixels on its longer edge, with a small one beside it. The first picture of a vehicle is its primary one.',
  access: 'staff',
  request: {
    body: z.object({ vehicle: formId, ...imageFields }),
    files: {
      image: fileField({ accept: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 5 * megabyte, isRequired: true }),
    },
  },
  response: { status: 201, body: vehicleImageView },
  refusals: ['vehicle.not_found', 'vehicle.too_many_images'],
  handle: async (deps, { actor, body, files }) =>
    toVehicleImageView(
      await addVehicleImage(deps, {
        actorId: actor.userId,
        vehicleId: body.vehicle,
        content: files.image.content,
        altText: body.alt_text ?? '',
        isPrimary: body.is_primary ?? false,
        position: body.order ?? null,
      }),
    ),
})
