import { DataTable, NumberInput, TextInput } from 'react-admin'
import { figures, MoneyField } from '../../money/money-field.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { StatusField } from '../../show/status-chip.tsx'
import { networkAddress } from '../network/address.ts'

const filters = [
  <TextInput key="month" source="month" label="Month" placeholder="2026-11" alwaysOn />,
  <NumberInput key="user" source="user" label="Member’s number" alwaysOn />,
]

/** All pairs; a row opens the tree at its earner with the pair explained. */
export default function PairList() {
  return (
    <Listing
      filters={filters}
      sort={{ field: 'id', order: 'DESC' }}
      empty="No pair has been made yet. One is made of a counting member of each leg."
    >
      <DataTable
        rowClick={(id, _resource, { user }) => networkAddress({ user, pair: Number(id) })}
        bulkActionButtons={false}
      >
        <DataTable.Col source="pair_number" label="Pair" disableSort />
        <DataTable.Col source="user" label="Of member" disableSort />
        <DataTable.Col source="left_user" label="Left" disableSort />
        <DataTable.Col source="right_user" label="Right" disableSort />
        <DataTable.Col source="earning_amount" label="Earns" {...figures}>
          <MoneyField source="earning_amount" />
        </DataTable.Col>
        <DataTable.Col source="status" disableSort>
          <StatusField />
        </DataTable.Col>
        <DataTable.Col source="matched_at" label="Matched" disableSort>
          <InstantField source="matched_at" />
        </DataTable.Col>
      </DataTable>
    </Listing>
  )
}
