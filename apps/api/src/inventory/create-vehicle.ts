import { createVehicle } from '@ev/application'
import { defineRoute } from '../define-route.ts'
import { toVehicleView, vehicleView } from './vehicle.view.ts'
import { vehicleBody } from './vehicle-body.ts'

export const createVehicleRoute = defineRoute({
  method: 'post',
  path: '/inventory/vehicles/',
  summary: 'Put a vehicle into the catalogue',
  description:
    'The model code is generated. Without `stock_quantity` stock is not tracked; with 0 the vehicle is out of stock.',
  access: 'staff',
  request: { body: vehicleBody },
  response: { status: 201, body: vehicleView },
  refusals: [],
  async handle(deps, { actor, body }) {
    const vehicle = await createVehicle(deps, {
      actorId: actor.userId,
      name: body.name,
      colors: body.vehicle_color ?? [],
      batteryVariants: body.battery_variant ?? [],
      price: body.price,
      status: body.status ?? 'available',
      description: body.description ?? '',
      features: body.features ?? [],
      specifications: body.specifications ?? {},
      stockQuantity: body.stock_quantity ?? null,
    })
    return toVehicleView(vehicle)
  },
})
