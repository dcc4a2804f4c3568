import { createVehicle } from '@ev/application'
import { vehicleStatuses } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { rupees, textLine } from '../http/index.ts'
import { toVehicleView, vehicleView } from './vehicle.view.ts'

const options = z.array(textLine(50)).max(50)

const vehicleBody = z.object({
  name: textLine(200),
  vehicle_color: options.optional(),
  battery_variant: options.optional(),
  price: rupees,
  status: z.enum(vehicleStatuses).optional(),
  description: z.string().trim().max(10_000).optional(),
  features: z.array(textLine(200)).max(100).optional(),
  specifications: z.record(z.string().min(1).max(100), textLine(500)).optional(),
  stock_quantity: z.int().min(0).max(1_000_000).nullish(),
})

export const createVehicleRoute = defineRoute({
  method: 'post',
  path: '/inventory/vehicles/',
  summary: 'Put a vehicle into the catalogue',
  description: 'The model code is generated. Without `stock_quantity` stock is not tracked.',
  access: 'staff',
  request: { body: vehicleBody },
  response: { status: 201, body: vehicleView },
  refusals: [],
  async handle(deps, { body }) {
    const vehicle = await createVehicle(deps, {
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
