import { vehicles } from '@ev/db'
import { vehicleStatuses } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { anyText, searchText } from '../fields.ts'
import { orderingQuery, pageQuery, pageView, rupees } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { toVehicleView, vehicleView } from './vehicle.view.ts'

const vehiclesQuery = pageQuery.extend({
  status: z.enum(vehicleStatuses).optional(),
  name: searchText,
  model_code: anyText(100).optional(),
  min_price: rupees.optional(),
  max_price: rupees.optional(),
  color: anyText(100).optional(),
  battery_variant: anyText(100).optional(),
  search: searchText,
  ordering: orderingQuery({ fields: ['created_at', 'price', 'name'], initial: '-created_at' }),
})

export const listVehiclesRoute = defineRoute({
  method: 'get',
  path: '/inventory/vehicles/',
  summary: 'The catalogue',
  access: 'public',
  cacheControl: 'public, max-age=0, must-revalidate',
  showsCatalogue: true,
  request: { query: vehiclesQuery },
  response: { status: 200, body: pageView(vehicleView), headers: { ETag: 'Send it back in If-None-Match for a 304.' } },
  refusals: [],
  handle({ db }, { query, request: { url } }) {
    const filter = {
      status: query.status,
      name: query.name,
      modelCode: query.model_code,
      minPrice: query.min_price,
      maxPrice: query.max_price,
      color: query.color,
      batteryVariant: query.battery_variant,
      search: query.search,
    }
    const orderBy = query.ordering
    return answerPage({ query, url }, (page) => vehicles.list(db.read, filter, { ...page, orderBy }), toVehicleView)
  },
})
