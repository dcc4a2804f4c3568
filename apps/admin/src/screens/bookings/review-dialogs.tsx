import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { pendingRequest } from '../../money/pending-request.ts'
import { ReasonField } from '../../money/reason-field.tsx'
import { ist } from '../../show/instant.tsx'
import { methodLabels, type Payment } from './booking.ts'

type ReviewProps = { readonly payment: Payment; readonly onDone: () => void; readonly onClose: () => void }

const factsOf = ({ payment_method, transaction_id, payment_date, booking_number }: Payment) =>
  [
    ['Booking', booking_number],
    ['How', methodLabels[payment_method]],
    ['Transaction', transaction_id],
    ['Reported', ist(payment_date)],
  ] as const

/** The money that a member reported has arrived. */
export function ConfirmPaymentDialog({ payment, onDone, onClose }: ReviewProps) {
  return (
    <ConfirmMoney
      action="payment.confirm"
      subject={payment.id}
      title="Has this money arrived?"
      amount={payment.amount}
      facts={factsOf(payment)}
      confirmLabel="It has arrived"
      body={{}}
      send={({ key }) =>
        ask(
          api.POST('/booking/payments/{id}/confirm/', {
            params: { path: { id: payment.id }, header: { 'Idempotency-Key': key } },
          }),
        )
      }
      onDone={onDone}
      onClose={onClose}
    />
  )
}

/** The money that a member reported did not come. */
export function FailPaymentDialog({ payment, onDone, onClose }: ReviewProps) {
  const waiting = pendingRequest<{ reason: string }>('payment.fail', payment.id)
  const [reason, setReason] = useState(waiting?.body.reason ?? '')
  return (
    <ConfirmMoney
      action="payment.fail"
      subject={payment.id}
      title="Did this money not arrive?"
      amount={payment.amount}
      facts={factsOf(payment)}
      confirmLabel="It did not arrive"
      body={{ reason: reason.trim() }}
      isReady={reason.trim() !== ''}
      send={({ body, key }) =>
        ask(
          api.POST('/booking/payments/{id}/fail/', {
            params: { path: { id: payment.id }, header: { 'Idempotency-Key': key } },
            body,
          }),
        )
      }
      onDone={onDone}
      onClose={onClose}
    >
      <ReasonField value={reason} onChange={setReason} hint="The member reads it." autoFocus />
    </ConfirmMoney>
  )
}
