import { DataTable, DateInput, SearchInput } from 'react-admin'
import { FlagInput } from '../../show/flag-input.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { StatusChip } from '../../show/status-chip.tsx'

const filters = [
  <SearchInput key="search" source="search" alwaysOn placeholder="Name, e-mail, mobile or code" />,
  <FlagInput key="buyer" source="is_active_buyer" label="Active buyer" alwaysOn />,
  <FlagInput key="distributor" source="is_distributor" label="Distributor" alwaysOn />,
  <FlagInput key="active" source="is_active" label="Account open" />,
  <DateInput key="after" source="date_joined_after" label="Joined from" />,
  <DateInput key="before" source="date_joined_before" label="Joined until" />,
]

export default function MemberList() {
  return (
    <Listing
      filters={filters}
      sort={{ field: 'date_joined', order: 'DESC' }}
      empty="No member has joined yet. Members sign up themselves, with a referral link or without."
    >
      <DataTable rowClick="show" bulkActionButtons={false}>
        <DataTable.Col
          label="Member"
          disableSort
          render={({ first_name, last_name }) => `${first_name} ${last_name}`.trim() || '—'}
        />
        <DataTable.Col source="referral_code" label="Code" disableSort />
        <DataTable.Col source="email" label="E-mail" />
        <DataTable.Col source="mobile" disableSort />
        <DataTable.Col source="city" disableSort />
        <DataTable.Col
          label="Is"
          disableSort
          render={({ is_distributor, is_active_buyer }) => standing(is_distributor, is_active_buyer)}
        />
        <DataTable.Col
          label="Account"
          disableSort
          render={({ is_active }) => <StatusChip status={is_active ? 'active' : 'closed'} />}
        />
        <DataTable.Col source="date_joined" label="Joined">
          <InstantField source="date_joined" />
        </DataTable.Col>
      </DataTable>
    </Listing>
  )
}

const standing = (isDistributor: boolean, isBuyer: boolean) =>
  [isDistributor && 'Distributor', isBuyer && 'Active buyer'].filter(Boolean).join(', ') || 'Member'
