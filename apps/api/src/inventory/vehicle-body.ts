import type { VehicleChange } from '@ev/application'
import { vehicleStatuses } from '@ev/domain'
import { z } from 'zod'
import { rupees, textLine } from '../http/index.ts'

const options = z.array(textLine(50)).max(50)
const mostSpecifications = 100

const specifications = z
  .record(z.string().min(1).max(100), textLine(500))
  .refine((texts) => Object.keys(texts).length <= mostSpecifications, {
    error: `Must have at most ${mostSpecifications} entries.`,
  })

const fields = {
  vehicle_color: options.optional(),
  battery_variant: options.optional(),
  status: z.enum(vehicleStatuses).optional(),
  description: z.string().trim().max(10_000).optional(),
  features: z.array(textLine(200)).max(100).optional(),
  specifications: specifications.optional(),
  stock_quantity: z.int().min(0).max(1_000_000).nullish(),
}

/** A vehicle as a whole, to create or to replace it. */
export const vehicleBody = z.object({ name: textLine(200), price: rupees, ...fields })

/** Parts of a vehicle. Nothing has a default, so what is left out stays as it is. */
export const vehiclePatchBody = z.object({ name: textLine(200).optional(), price: rupees.optional(), ...fields })

/** What a body asks to change. */
export function toVehicleChange(body: z.output<typeof vehiclePatchBody>): VehicleChange {
  return {
    name: body.name,
    colors: body.vehicle_color,
    batteryVariants: body.battery_variant,
    price: body.price,
    status: body.status,
    description: body.description,
    features: body.features,
    specifications: body.specifications,
    stockQuantity: body.stock_quantity,
  }
}
