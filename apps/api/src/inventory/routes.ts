import { createVehicleRoute } from './create-vehicle.ts'
import { getVehicleRoute } from './get-vehicle.ts'
import { listVehiclesRoute } from './list-vehicles.ts'

export const inventoryRoutes = [listVehiclesRoute, createVehicleRoute, getVehicleRoute]
