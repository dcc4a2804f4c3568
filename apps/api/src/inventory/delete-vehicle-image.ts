import { deleteVehicleImage } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'

export const deleteVehicleImageRoute = defineRoute({
  method: 'delete',
  path: '/inventory/vehicle-images/{id}/',
  summary: 'Delete a picture of a vehicle',
  description: 'When it was the primary one, the next in order takes its place.',
  access: 'staff',
  request: { params: z.object({ id: entityId }) },
  response: { status: 204 },
  refusals: ['vehicle.image_not_found'],
  async handle(deps, { actor, params }) {
    await deleteVehicleImage(deps, { actorId: actor.userId, imageId: params.id })
    return undefined
  },
})
