import { changeVehicle } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { toVehicleView, vehicleView } from './vehicle.view.ts'
import { toVehicleChange, vehicleBody, vehiclePatchBody } from './vehicle-body.ts'

const path = '/inventory/vehicles/{id}/'
const description =
  'Bookings keep the price they were made at. A vehicle that had sold out is available again when its stock is raised, unless `status` says otherwise; what is tracked and used up is out of stock.'

export const changeVehicleRoute = defineRoute({
  method: 'patch',
  path,
  summary: 'Change parts of a vehicle',
  description: `What is left out stays as it is. ${description}`,
  access: 'staff',
  request: { params: z.object({ id: entityId }), body: vehiclePatchBody },
  response: { status: 200, body: vehicleView },
  refusals: ['vehicle.not_found'],
  handle: async (deps, { actor, params, body }) =>
    toVehicleView(
      await changeVehicle(deps, { actorId: actor.userId, vehicleId: params.id, change: toVehicleChange(body) }),
    ),
})

export const replaceVehicleRoute = defineRoute({
  method: 'put',
  path,
  summary: 'Change a vehicle, naming at least its name and price',
  description: `Other fields that are left out stay as they are. ${description}`,
  access: 'staff',
  request: { params: z.object({ id: entityId }), body: vehicleBody },
  response: { status: 200, body: vehicleView },
  refusals: ['vehicle.not_found'],
  handle: async (deps, { actor, params, body }) =>
    toVehicleView(
      await changeVehicle(deps, { actorId: actor.userId, vehicleId: params.id, change: toVehicleChange(body) }),
    ),
})
