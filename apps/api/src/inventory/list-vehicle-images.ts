import { vehicleImages } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { entityId, pageQuery, pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { toVehicleImageView, vehicleImageView } from './vehicle-image.view.ts'

export const listVehicleImagesRoute = defineRoute({
  method: 'get',
  path: '/inventory/vehicle-images/',
  summary: 'Pictures of vehicles',
  access: 'public',
  cacheControl: 'public, max-age=0, must-revalidate',
  showsCatalogue: true,
  request: { query: pageQuery.extend({ vehicle: entityId.optional() }) },
  response: { status: 200, body: pageView(vehicleImageView) },
  refusals: [],
  handle: ({ db }, { query, request: { url } }) =>
    answerPage(
      { query, url },
      (page) => vehicleImages.list(db.read, { vehicleId: query.vehicle }, page),
      toVehicleImageView,
    ),
})
