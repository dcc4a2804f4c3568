import { DataTable, TextInput } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { FlagInput } from '../../show/flag-input.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { StatusChip, statusLabel } from '../../show/status-chip.tsx'

const filters = [
  <FlagInput key="verified" source="is_verified" label="Verified" alwaysOn />,
  <TextInput key="user" source="user" label="Member (id)" helperText={false} resettable />,
  <TextInput key="type" source="document_type" label="Kind" helperText={false} resettable />,
]

export default function DocumentList() {
  return (
    <Listing
      filters={filters}
      filterDefaultValues={{ is_verified: 'false' }}
      sort={{ field: 'uploaded_at', order: 'DESC' }}
      done="Nothing waits for a review."
      empty="No document has been handed in yet. Members upload them themselves."
    >
      <DataTable<Row<'/compliance/documents/'>> rowClick="show" bulkActionButtons={false}>
        <DataTable.Col source="user_name" label="Member" disableSort />
        <DataTable.Col label="Kind" disableSort render={({ document_type }) => statusLabel(document_type)} />
        <DataTable.Col source="title" disableSort />
        <DataTable.Col
          label="State"
          disableSort
          render={({ is_verified }) => <StatusChip status={is_verified ? 'verified' : 'unverified'} />}
        />
        <DataTable.Col source="uploaded_at" label="Uploaded">
          <InstantField source="uploaded_at" />
        </DataTable.Col>
      </DataTable>
    </Listing>
  )
}
