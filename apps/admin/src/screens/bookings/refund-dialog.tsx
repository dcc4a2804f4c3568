import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { MoneyInput } from '../../money/money-input.tsx'
import { pendingRequest } from '../../money/pending-request.ts'
import { ReasonField } from '../../money/reason-field.tsx'
import { typedRupees } from '../../money/rupees.ts'
import { useSettled } from '../../show/use-settled.ts'
import { methodLabels, type Payment } from './booking.ts'
import { Consequences } from './consequences.tsx'

type Sent = { readonly amount: string; readonly reason: string }
type RefundDialogProps = { readonly payment: Payment; readonly onDone: () => void; readonly onClose: () => void }

/** Gives a payment back, all of it or a part, after showing what that brings about. */
export function RefundDialog({ payment, onDone, onClose }: RefundDialogProps) {
  const [waiting] = useState(() => pendingRequest<Sent>('payment.refund', payment.id)?.body)
  const [typed, setTyped] = useState(waiting?.amount ?? '')
  const [reason, setReason] = useState(waiting?.reason ?? '')
  const settled = useSettled(typed)
  const amount = settled === '' ? undefined : typedRupees(settled)
  const { data, error } = useQuery({
    queryKey: ['refund-preview', payment.id, amount],
    queryFn: () => ask(api.GET('/booking/payments/{id}/refund_preview/', previewOf(payment.id, amount))),
    enabled: amount !== null,
    staleTime: 0,
  })
  const isShown = data !== undefined && settled === typed && amount !== null
  return (
    <ConfirmMoney
      action="payment.refund"
      subject={payment.id}
      title="Give this payment back?"
      amount={data?.amount ?? '0.00'}
      facts={[['Payment', `${methodLabels[payment.payment_method]}, booking ${payment.booking_number}`]]}
      confirmLabel="Give it back"
      body={{ amount: data?.amount ?? '0.00', reason: reason.trim() }}
      isReady={(isShown || waiting !== undefined) && reason.trim() !== ''}
      send={({ body, key }) =>
        ask(
          api.POST('/booking/payments/{id}/refund/', {
            params: { path: { id: payment.id }, header: { 'Idempotency-Key': key } },
            body,
          }),
        )
      }
      onDone={onDone}
      onClose={onClose}
    >
      <MoneyInput
        label="Amount"
        value={typed}
        onAmount={setTyped}
        helperText={typed === '' ? 'Empty gives back all that is left of the payment.' : undefined}
        autoFocus
      />
      <ReasonField value={reason} onChange={setReason} hint="The member reads it, and the audit log keeps it." />
      <Consequences consequences={data} error={error} />
    </ConfirmMoney>
  )
}

const previewOf = (id: number, amount: string | null | undefined) => ({
  params: { path: { id }, query: amount ? { amount } : {} },
})
