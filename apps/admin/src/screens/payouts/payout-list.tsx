import { Button } from '@mui/material'
import { useState } from 'react'
import { DataTable, DateInput, NumberInput, SelectInput, useListContext } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { figures, MoneyField } from '../../money/money-field.tsx'
import { useMay } from '../../session/may.ts'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { MemberLink } from '../../show/member-link.tsx'
import { StatusField } from '../../show/status-chip.tsx'
import { BatchDialog } from './batch-dialog.tsx'

const statuses = [
  { id: 'pending', name: 'Waiting' },
  { id: 'processing', name: 'Processing' },
  { id: 'completed', name: 'Completed' },
  { id: 'failed', name: 'Failed' },
  { id: 'rejected', name: 'Rejected' },
  { id: 'cancelled', name: 'Cancelled' },
]

const filters = [
  <SelectInput key="status" source="status" choices={statuses} alwaysOn />,
  <NumberInput key="user" source="user" label="Member’s id" />,
  <NumberInput key="batch" source="batch" label="Batch" />,
  <DateInput key="after" source="created_after" label="Asked for from" />,
  <DateInput key="before" source="created_before" label="Asked for until" />,
]

/** The bar of what is chosen stands above the rows, where it would otherwise float under the buttons of the list. */
const bulkBarInPlace = { '&& .RaBulkActionsToolbar-toolbar': { position: 'static', transform: 'none' } } as const

/** The queue: what waits stands first, the oldest on top. */
export default function PayoutList() {
  const mayBatch = useMay()('post /payout/batches/')
  const [isBatching, setBatching] = useState(false)
  return (
    <>
      <Listing
        filters={filters}
        filterDefaultValues={{ status: 'pending' }}
        sort={{ field: 'created_at', order: 'ASC' }}
        empty="No payout was asked for yet. Members ask for one from their wallet."
        done="No payout waits."
        actions={
          mayBatch && (
            <Button size="small" onClick={() => setBatching(true)}>
              Batch all that wait
            </Button>
          )
        }
      >
        <DataTable<Row<'/payout/'>>
          rowClick="show"
          bulkActionButtons={mayBatch && <BatchSelected />}
          sx={bulkBarInPlace}
          isRowSelectable={({ status }) => status === 'pending'}
        >
          <DataTable.Col source="id" label="Payout" disableSort />
          <DataTable.Col label="Member" disableSort render={({ user }) => <MemberLink id={user} />} />
          <DataTable.Col source="status" disableSort>
            <StatusField />
          </DataTable.Col>
          <DataTable.Col source="requested_amount" label="Asked for" {...figures}>
            <MoneyField source="requested_amount" />
          </DataTable.Col>
          <DataTable.Col source="tds_amount" label="Tax" {...figures}>
            <MoneyField source="tds_amount" />
          </DataTable.Col>
          <DataTable.Col source="emi_amount" label="EMI" {...figures}>
            <MoneyField source="emi_amount" />
          </DataTable.Col>
          <DataTable.Col source="transfer_amount" label="Transfer" {...figures}>
            <MoneyField source="transfer_amount" />
          </DataTable.Col>
          <DataTable.Col source="bank_name" label="Bank" disableSort />
          <DataTable.Col source="created_at" label="Asked">
            <InstantField source="created_at" />
          </DataTable.Col>
        </DataTable>
      </Listing>
      {isBatching && <BatchDialog ids={null} onClose={() => setBatching(false)} />}
    </>
  )
}

function BatchSelected() {
  const { selectedIds, onUnselectItems } = useListContext()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Make a batch of these
      </Button>
      {isOpen && <BatchDialog ids={selectedIds.map(Number)} onClose={() => setOpen(false)} onDone={onUnselectItems} />}
    </>
  )
}
