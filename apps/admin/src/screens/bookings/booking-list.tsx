import { DataTable, DateInput, ReferenceInput, SearchInput, SelectInput } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { figures, MoneyField } from '../../money/money-field.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { StatusField } from '../../show/status-chip.tsx'

const statuses = [
  { id: 'pending', name: 'Pending' },
  { id: 'active', name: 'Active' },
  { id: 'completed', name: 'Completed' },
  { id: 'expired', name: 'Expired' },
  { id: 'cancelled', name: 'Cancelled' },
]

const options = [
  { id: 'full_payment', name: 'In full' },
  { id: 'emi_options', name: 'By instalments' },
]

const filters = [
  <SearchInput key="search" source="search" alwaysOn placeholder="Number, e-mail, mobile or vehicle" />,
  <SelectInput key="status" source="status" choices={statuses} alwaysOn />,
  <SelectInput key="option" source="payment_option" label="Paid" choices={options} alwaysOn />,
  <ReferenceInput key="vehicle" source="vehicle_model" reference="vehicles" perPage={100}>
    <SelectInput label="Vehicle" optionText="name" />
  </ReferenceInput>,
  <DateInput key="after" source="created_after" label="Booked from" />,
  <DateInput key="before" source="created_before" label="Booked until" />,
]

export default function BookingList() {
  return (
    <Listing
      filters={filters}
      sort={{ field: 'created_at', order: 'DESC' }}
      empty="No vehicle was booked yet. Members book from the catalogue."
    >
      <DataTable<Row<'/booking/bookings/'>> rowClick="show" bulkActionButtons={false}>
        <DataTable.Col source="booking_number" label="Number" disableSort />
        <DataTable.Col label="Member" disableSort render={({ user_email, user_mobile }) => user_email ?? user_mobile} />
        <DataTable.Col label="Vehicle" disableSort render={({ vehicle_details }) => vehicle_details.name} />
        <DataTable.Col source="status" disableSort>
          <StatusField />
        </DataTable.Col>
        <DataTable.Col source="total_amount" label="Price" {...figures}>
          <MoneyField source="total_amount" />
        </DataTable.Col>
        <DataTable.Col source="total_paid" label="Paid" {...figures}>
          <MoneyField source="total_paid" />
        </DataTable.Col>
        <DataTable.Col source="remaining_amount" label="To pay" {...figures}>
          <MoneyField source="remaining_amount" />
        </DataTable.Col>
        <DataTable.Col source="created_at" label="Booked">
          <InstantField source="created_at" />
        </DataTable.Col>
      </DataTable>
    </Listing>
  )
}
