import { DataTable, SelectInput } from 'react-admin'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { StatusField } from '../../show/status-chip.tsx'

const statuses = [
  { id: 'pending', name: 'Waiting' },
  { id: 'approved', name: 'Approved' },
  { id: 'rejected', name: 'Rejected' },
]

const filters = [<SelectInput key="status" source="status" choices={statuses} alwaysOn />]

/** Papers that members have handed in, the waiting ones first, oldest on top. */
export function PapersList({ empty }: { empty: string }) {
  return (
    <Listing
      filters={filters}
      filterDefaultValues={{ status: 'pending' }}
      sort={{ field: 'submitted_at', order: 'ASC' }}
      empty={empty}
      done="Nothing waits for a review."
    >
      <DataTable rowClick="show" bulkActionButtons={false}>
        <DataTable.Col source="user_name" label="Member" disableSort />
        <DataTable.Col source="user_email" label="E-mail" disableSort />
        <DataTable.Col source="user_mobile" label="Mobile" disableSort />
        <DataTable.Col source="status" disableSort>
          <StatusField />
        </DataTable.Col>
        <DataTable.Col source="submitted_at" label="Submitted">
          <InstantField source="submitted_at" />
        </DataTable.Col>
      </DataTable>
    </Listing>
  )
}
