import { Box, Card, CardContent } from '@mui/material'
import { DeleteWithConfirmButton, Edit, TopToolbar, useRecordContext } from 'react-admin'
import type { Answer } from '../../api/answer.ts'
import { useMay } from '../../session/may.ts'
import { toVehicle, VehicleForm } from './vehicle-form.tsx'
import { VehiclePictures } from './vehicle-pictures.tsx'

export default function VehicleEdit() {
  const may = useMay()
  return (
    <Edit
      mutationMode="pessimistic"
      redirect={false}
      transform={toVehicle}
      component="div"
      actions={
        <TopToolbar>
          {may('delete /inventory/vehicles/{id}/') && (
            <DeleteWithConfirmButton
              mutationMode="pessimistic"
              confirmContent="A vehicle that was booked cannot be deleted; set it to discontinued instead."
            />
          )}
        </TopToolbar>
      }
    >
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', lg: '1fr 1fr' }, gap: 2, alignItems: 'start' }}>
        <Card>
          <VehicleForm />
        </Card>
        <Card>
          <CardContent>
            <Pictures />
          </CardContent>
        </Card>
      </Box>
    </Edit>
  )
}

/** Of the record itself, beside the form. */
function Pictures() {
  const vehicle = useRecordContext() as Answer<'/inventory/vehicles/{id}/'> | undefined
  return vehicle ? <VehiclePictures vehicleId={vehicle.id} images={vehicle.images} /> : null
}
