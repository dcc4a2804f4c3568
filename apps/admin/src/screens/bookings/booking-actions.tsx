import { Button } from '@mui/material'
import { useState } from 'react'
import { useNotify } from 'react-admin'
import { messageOfError } from '../../api/problem.ts'
import { saveAnswer } from '../../data/save-file.ts'
import { useDone } from '../../money/use-done.ts'
import { useMay } from '../../session/may.ts'
import type { Booking } from './booking.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { PayDialog } from './pay-dialog.tsx'

/** What can be done about a booking in its state. */
export function BookingActions({ booking }: { booking: Booking }) {
  const may = useMay()
  const notify = useNotify()
  const [open, setOpen] = useState<'pay' | 'cancel' | null>(null)
  const close = () => setOpen(null)
  const done = useDone(close)
  const takesPayments = booking.status === 'pending' || booking.status === 'active'
  const receipt = () =>
    saveAnswer(`/booking/bookings/${booking.id}/receipt.pdf`, `${booking.booking_number}.pdf`).catch((error: unknown) =>
      notify(messageOfError(error), { type: 'error' }),
    )
  return (
    <>
      <Button color="inherit" onClick={() => void receipt()}>
        Receipt as PDF
      </Button>
      {booking.next_statuses.includes('cancelled') && may('post /booking/bookings/{id}/cancel/') && (
        <Button variant="outlined" color="error" onClick={() => setOpen('cancel')}>
          Cancel the booking
        </Button>
      )}
      {takesPayments && may('post /booking/bookings/{id}/make_payment/') && (
        <Button variant="contained" onClick={() => setOpen('pay')}>
          Record a payment
        </Button>
      )}
      {open === 'pay' && (
        <PayDialog booking={booking} onDone={() => done('The payment is recorded.')} onClose={close} />
      )}
      {open === 'cancel' && (
        <CancelDialog booking={booking} onDone={() => done('The booking is cancelled.')} onClose={close} />
      )}
    </>
  )
}
