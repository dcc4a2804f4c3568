import { changeVehicleImage } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { imageFields } from './add-vehicle-image.ts'
import { toVehicleImageView, vehicleImageView } from './vehicle-image.view.ts'

export const changeVehicleImageRoute = defineRoute({
  method: 'patch',
  path: '/inventory/vehicle-images/{id}/',
  summary: 'Change what is said of a picture',
  description:
    'What is left out stays as it is. A vehicle with pictures always has exactly one primary one: `is_primary: true` takes that from the other, `false` hands it to the next in order.',
  access: 'staff',
  request: { params: z.object({ id: entityId }), body: z.object(imageFields) },
  response: { status: 200, body: vehicleImageView },
  refusals: ['vehicle.image_not_found'],
  handle: async (deps, { actor, params, body }) =>
    toVehicleImageView(
      await changeVehicleImage(deps, {
        actorId: actor.userId,
        imageId: params.id,
        change: { altText: body.alt_text, position: body.order, isPrimary: body.is_primary },
      }),
    ),
})
