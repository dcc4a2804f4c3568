import { DataTable, DateInput, SelectInput } from 'react-admin'
import { Link } from 'react-router'
import { figures, MoneyField } from '../../money/money-field.tsx'
import { InstantField } from '../../show/instant.tsx'
import { Listing } from '../../show/listing.tsx'
import { MemberLink } from '../../show/member-link.tsx'
import { StatusField } from '../../show/status-chip.tsx'
import { methodLabels, type Payment } from '../bookings/booking.ts'
import { ReviewActions } from '../bookings/review-actions.tsx'

const statuses = [
  { id: 'pending', name: 'Waiting' },
  { id: 'completed', name: 'Completed' },
  { id: 'failed', name: 'Failed' },
  { id: 'refunded', name: 'Refunded' },
]

const methods = Object.entries(methodLabels).map(([id, name]) => ({ id, name }))

const filters = [
  <SelectInput key="status" source="status" choices={statuses} alwaysOn />,
  <SelectInput key="method" source="payment_method" label="How" choices={methods} alwaysOn />,
  <DateInput key="after" source="created_after" label="Paid from" />,
  <DateInput key="before" source="created_before" label="Paid until" />,
]

/** Payments of all bookings; what members have reported and nobody has looked at stands first. */
export default function PaymentList() {
  return (
    <Listing
      filters={filters}
      filterDefaultValues={{ status: 'pending' }}
      sort={{ field: 'id', order: 'DESC' }}
      empty="Nothing was paid yet."
      done="No payment waits."
    >
      <DataTable rowClick={false} bulkActionButtons={false}>
        <DataTable.Col source="payment_date" label="When" disableSort>
          <InstantField source="payment_date" />
        </DataTable.Col>
        <DataTable.Col
          label="Booking"
          disableSort
          render={({ booking, booking_number }) => <Link to={`/bookings/${booking}/show`}>{booking_number}</Link>}
        />
        <DataTable.Col label="Member" disableSort render={({ user }) => <MemberLink id={user} />} />
        <DataTable.Col<Payment> label="How" disableSort render={({ payment_method }) => methodLabels[payment_method]} />
        <DataTable.Col source="transaction_id" label="Transaction" disableSort />
        <DataTable.Col source="status" disableSort>
          <StatusField />
        </DataTable.Col>
        <DataTable.Col source="amount" {...figures}>
          <MoneyField source="amount" />
        </DataTable.Col>
        <DataTable.Col<Payment> label="Actions" disableSort render={(payment) => <ReviewActions payment={payment} />} />
      </DataTable>
    </Listing>
  )
}
