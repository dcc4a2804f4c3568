import { vehicles } from '@ev/db'
import { vehicleStatuses } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant, rupees } from '../http/index.ts'
import { imageView, toImageView } from './vehicle-image.view.ts'

/** A vehicle of the catalogue. `stock_quantity` is null when stock is not tracked. */
export const vehicleView = z
  .object({
    id: idNumber,
    name: z.string(),
    model_code: z.string(),
    vehicle_color: z.array(z.string()),
    battery_variant: z.array(z.string()),
    price: rupees,
    status: z.enum(vehicleStatuses),
    description: z.string(),
    features: z.array(z.string()),
    specifications: z.record(z.string(), z.string()),
    stock_quantity: z.int().nullable(),
    images: z.array(imageView),
    primary_image_url: z.string().nullable(),
    image_count: z.int(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Vehicle' })

export function toVehicleView(vehicle: vehicles.VehicleWithImages): z.output<typeof vehicleView> {
  const images = vehicle.images.map(toImageView)
  return {
    id: vehicle.id,
    name: vehicle.name,
    model_code: vehicle.modelCode,
    vehicle_color: vehicles.texts(vehicle.vehicleColors),
    battery_variant: vehicles.texts(vehicle.batteryVariants),
    price: vehicle.price,
    status: vehicle.status,
    description: vehicle.description,
    features: vehicles.texts(vehicle.features),
    specifications: textsByName(vehicle.specifications),
    stock_quantity: vehicle.stockQuantity,
    images,
    primary_image_url: images.find(({ is_primary }) => is_primary)?.image_url ?? null,
    image_count: images.length,
    created_at: vehicle.createdAt,
    updated_at: vehicle.updatedAt,
  }
}

/** Specifications are texts; numbers and flags that an import left in the column are shown as text. */
function textsByName(json: unknown): Record<string, string> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {}
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}
