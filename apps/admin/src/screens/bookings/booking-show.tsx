import { Facts } from '../../show/facts.tsx'
import { ist } from '../../show/instant.tsx'
import { MemberLink } from '../../show/member-link.tsx'
import { Page } from '../../show/page.tsx'
import { Columns, Panel } from '../../show/panel.tsx'
import { RecordPage } from '../../show/record-page.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import type { Booking } from './booking.ts'
import { BookingActions } from './booking-actions.tsx'
import { History } from './history.tsx'
import { Payments } from './payments.tsx'
import { Progress } from './progress.tsx'
import { Schedule } from './schedule.tsx'

export default function BookingShow() {
  return <RecordPage<Booking>>{(booking) => <BookingPage booking={booking} />}</RecordPage>
}

function BookingPage({ booking }: { booking: Booking }) {
  return (
    <Page
      title={booking.booking_number}
      mark={<StatusChip status={booking.status} />}
      actions={<BookingActions booking={booking} />}
    >
      <Columns
        main={
          <>
            <Panel title="Paid so far">
              <Progress booking={booking} />
            </Panel>
            <Panel title="Payments">
              <Payments booking={booking} />
            </Panel>
            {booking.payment_option === 'emi_options' && (
              <Panel title="Instalments">
                <Schedule bookingId={booking.id} />
              </Panel>
            )}
          </>
        }
        side={
          <>
            <Panel title="What was booked">
              <Facts facts={factsOf(booking)} />
            </Panel>
            <Panel title="What happened">
              <History bookingId={booking.id} />
            </Panel>
          </>
        }
      />
    </Page>
  )
}

function factsOf(booking: Booking) {
  const { vehicle_details, vehicle_color, battery_variant, delivery_city, delivery_state, delivery_pin } = booking
  const contact = [booking.user_email, booking.user_mobile].filter(Boolean).join(', ')
  return [
    ['Member', <MemberLink key="member" id={booking.user} />],
    ['Reached at', contact],
    ['Vehicle', [vehicle_details.name, vehicle_color, battery_variant].filter(Boolean).join(', ')],
    ['Delivered to', [delivery_city, delivery_state, delivery_pin].filter(Boolean).join(', ')],
    ['Referred by', booking.referred_by && <MemberLink key="referrer" id={booking.referred_by} />],
    ['Wants to distribute', booking.join_distributor_program ? 'Yes' : 'No'],
    booking.status === 'pending' ? ['Expires', ist(booking.expires_at)] : ['Confirmed', whenOf(booking.confirmed_at)],
    ['Why it was cancelled', booking.cancel_reason],
  ].filter(([label, value]) => label !== 'Why it was cancelled' || value) as [string, React.ReactNode][]
}

const whenOf = (instant: string | null) => instant && ist(instant)
