import { DataTable } from 'react-admin'
import type { Row } from '../../api/answer.ts'
import { figures, MoneyField } from '../../money/money-field.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { StatusField } from '../../show/status-chip.tsx'

export function BookingsTab({ userId }: { userId: number }) {
  return (
    <Listing
      resource="bookings"
      filter={{ user: userId }}
      sort={{ field: 'created_at', order: 'DESC' }}
      empty="No vehicle was booked yet."
    >
      <DataTable<Row<'/booking/bookings/'>> rowClick={(id) => `/bookings/${id}/show`} bulkActionButtons={false}>
        <DataTable.Col source="booking_number" label="Number" disableSort />
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
        <DataTable.Col source="created_at" label="Booked">
          <InstantField source="created_at" />
        </DataTable.Col>
      </DataTable>
    </Listing>
  )
}
