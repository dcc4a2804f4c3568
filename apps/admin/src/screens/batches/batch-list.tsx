import { DataTable, DateInput } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { figures, MoneyField } from '../../money/money-field.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { ActorName } from '../../show/member-link.tsx'
import { standingOf } from './batch.ts'

const filters = [
  <DateInput key="after" source="created_after" label="Made from" />,
  <DateInput key="before" source="created_before" label="Made until" />,
]

export default function BatchList() {
  return (
    <Listing
      filters={filters}
      sort={{ field: 'id', order: 'DESC' }}
      empty="No batch was made yet. Choose payouts that wait, on the screen of payouts, and make one of them."
    >
      <DataTable<Row<'/payout/batches/'>> rowClick="show" bulkActionButtons={false}>
        <DataTable.Col source="id" label="Batch" disableSort />
        <DataTable.Col source="created_at" label="Made" disableSort>
          <InstantField source="created_at" />
        </DataTable.Col>
        <DataTable.Col label="By" disableSort render={({ created_by }) => <ActorName id={created_by} />} />
        <DataTable.Col
          source="payout_count"
          label="Payouts"
          cellClassName="figures"
          headerClassName="figures"
          disableSort
        />
        <DataTable.Col source="total_amount" label="Transfer" {...figures}>
          <MoneyField source="total_amount" />
        </DataTable.Col>
        <DataTable.Col label="Stand" disableSort render={({ statuses }) => standingOf(statuses)} />
        <DataTable.Col source="results_imported_at" label="First results" disableSort>
          <InstantField source="results_imported_at" />
        </DataTable.Col>
      </DataTable>
    </Listing>
  )
}
