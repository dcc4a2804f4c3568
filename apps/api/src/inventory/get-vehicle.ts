import { vehicles } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { toVehicleView, vehicleView } from './vehicle.view.ts'

export const getVehicleRoute = defineRoute({
  method: 'get',
  path: '/inventory/vehicles/{id}/',
  summary: 'One vehicle',
  access: 'public',
  cacheControl: 'public, max-age=0, must-revalidate',
  showsCatalogue: true,
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: vehicleView, headers: { ETag: 'Send it back in If-None-Match for a 304.' } },
  refusals: ['vehicle.not_found'],
  handle: async ({ db }, { params }) => toVehicleView(await vehicles.get(db.read, params.id)),
})
