import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { pendingRequest } from '../../money/pending-request.ts'
import { ReasonField } from '../../money/reason-field.tsx'
import type { Booking } from './booking.ts'
import { Consequences } from './consequences.tsx'

type CancelDialogProps = { readonly booking: Booking; readonly onDone: () => void; readonly onClose: () => void }

/** Cancels a booking, after showing what it gives back and takes back. */
export function CancelDialog({ booking, onDone, onClose }: CancelDialogProps) {
  const [waiting] = useState(() => pendingRequest<{ reason: string }>('booking.cancel', booking.id)?.body)
  const [reason, setReason] = useState(waiting?.reason ?? '')
  const { data, error } = useQuery({
    queryKey: ['cancel-preview', booking.id],
    queryFn: () => ask(api.GET('/booking/bookings/{id}/cancel_preview/', { params: { path: { id: booking.id } } })),
    staleTime: 0,
  })
  return (
    <ConfirmMoney
      action="booking.cancel"
      subject={booking.id}
      title={`Cancel ${booking.booking_number}?`}
      amount={data?.amount ?? '0.00'}
      confirmLabel="Cancel the booking for good"
      body={{ reason: reason.trim() }}
      isReady={(data !== undefined || waiting !== undefined) && reason.trim() !== ''}
      send={({ body, key }) =>
        ask(
          api.POST('/booking/bookings/{id}/cancel/', {
            params: { path: { id: booking.id }, header: { 'Idempotency-Key': key } },
            body,
          }),
        )
      }
      onDone={onDone}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} hint="The member reads it." autoFocus />
      <Consequences consequences={data} error={error} />
    </ConfirmMoney>
  )
}
