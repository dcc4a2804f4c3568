import { Box } from '@mui/material'
import { DataTable, SearchInput, SelectInput } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { MoneyField } from '../../money/money-field.tsx'
import { Listing } from '../../show/listing.tsx'
import { StatusField } from '../../show/status-chip.tsx'
import { vehicleStatuses } from './vehicle-form.tsx'

const filters = [
  <SearchInput key="search" source="search" alwaysOn />,
  <SelectInput key="status" source="status" choices={[...vehicleStatuses]} alwaysOn />,
]

export default function VehicleList() {
  return (
    <Listing
      filters={filters}
      hasCreate
      sort={{ field: 'name', order: 'ASC' }}
      empty="The catalogue is empty. Create the first vehicle."
    >
      <DataTable<Row<'/inventory/vehicles/'>> rowClick="edit" bulkActionButtons={false}>
        <DataTable.Col
          label="Picture"
          disableSort
          render={({ images }: Row<'/inventory/vehicles/'>) => (
            <Thumbnail url={images.find((image) => image.is_primary)?.thumbnail_url} />
          )}
        />
        <DataTable.Col source="name" />
        <DataTable.Col source="model_code" label="Code" disableSort />
        <DataTable.Col source="status" disableSort>
          <StatusField />
        </DataTable.Col>
        <DataTable.Col label="In stock" disableSort render={({ stock_quantity }) => stock_quantity ?? 'Not tracked'} />
        <DataTable.Col source="price" cellClassName="figures" headerClassName="figures">
          <MoneyField source="price" />
        </DataTable.Col>
      </DataTable>
    </Listing>
  )
}

function Thumbnail({ url }: { url: string | null | undefined }) {
  const size = { width: 64, height: 44, borderRadius: 1, bgcolor: 'action.hover' }
  return url ? (
    <Box component="img" src={url} alt="" sx={{ ...size, objectFit: 'cover', display: 'block' }} />
  ) : (
    <Box sx={size} />
  )
}
