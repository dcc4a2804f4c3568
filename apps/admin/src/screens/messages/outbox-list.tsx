import { DataTable } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { FlagInput } from '../../show/flag-input.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import { Payload } from './payload.tsx'

const filters = [<FlagInput key="published" source="is_published" label="Published" alwaysOn />]

/** What the platform has told itself, each written with the change that it tells of. */
export default function OutboxList() {
  return (
    <Listing filters={filters} empty="No message is kept here now. Published ones go after some days.">
      <DataTable<Row<'/admin/outbox/'> & { id: number }> rowClick={false} bulkActionButtons={false}>
        <DataTable.Col source="id" disableSort />
        <DataTable.Col source="name" label="What happened" disableSort />
        <DataTable.Col label="About" disableSort render={({ payload }) => <Payload payload={payload} />} />
        <DataTable.Col
          label="State"
          disableSort
          render={({ published_at }) => <StatusChip status={published_at ? 'published' : 'waiting'} />}
        />
        <DataTable.Col source="created_at" label="Written" disableSort>
          <InstantField source="created_at" />
        </DataTable.Col>
        <DataTable.Col source="attempts" disableSort cellClassName="figures" headerClassName="figures" />
        <DataTable.Col label="Last problem" disableSort render={({ last_error }) => last_error ?? '—'} />
      </DataTable>
    </Listing>
  )
}
