import { deleteVehicle } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'

export const deleteVehicleRoute = defineRoute({
  method: 'delete',
  path: '/inventory/vehicles/{id}/',
  summary: 'Delete a vehicle that nobody booked',
  description:
    'Its pictures go with it. A vehicle with bookings is taken out of sale with `status: discontinued` instead.',
  access: 'admin',
  request: { params: z.object({ id: entityId }) },
  response: { status: 204 },
  refusals: ['vehicle.not_found', 'vehicle.in_use'],
  async handle(deps, { actor, params }) {
    await deleteVehicle(deps, { actorId: actor.userId, vehicleId: params.id })
    return undefined
  },
})
