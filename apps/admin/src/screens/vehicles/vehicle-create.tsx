import { Create } from 'react-admin'
import { toVehicle, VehicleForm } from './vehicle-form.tsx'

export default function VehicleCreate() {
  return (
    <Create redirect="edit" transform={toVehicle} title="A new vehicle">
      <VehicleForm />
    </Create>
  )
}
