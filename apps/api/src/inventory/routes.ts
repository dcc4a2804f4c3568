import { addVehicleImageRoute } from './add-vehicle-image.ts'
import { changeVehicleRoute, replaceVehicleRoute } from './change-vehicle.ts'
import { changeVehicleImageRoute } from './change-vehicle-image.ts'
import { createVehicleRoute } from './create-vehicle.ts'
import { deleteVehicleRoute } from './delete-vehicle.ts'
import { deleteVehicleImageRoute } from './delete-vehicle-image.ts'
import { getVehicleRoute } from './get-vehicle.ts'
import { listVehicleImagesRoute } from './list-vehicle-images.ts'
import { listVehiclesRoute } from './list-vehicles.ts'

export const inventoryRoutes = [
  listVehiclesRoute,
  createVehicleRoute,
  getVehicleRoute,
  changeVehicleRoute,
  replaceVehicleRoute,
  deleteVehicleRoute,
  listVehicleImagesRoute,
  addVehicleImageRoute,
  changeVehicleImageRoute,
  deleteVehicleImageRoute,
]
