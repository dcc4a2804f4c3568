import { MenuItem, TextField } from '@mui/material'
import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { Money } from '../../money/money-field.tsx'
import { MoneyInput } from '../../money/money-input.tsx'
import { pendingRequest } from '../../money/pending-request.ts'
import { typedRupees } from '../../money/rupees.ts'
import { type Booking, methodLabels } from './booking.ts'

const methods = ['cash', 'bank_transfer'] as const

type Sent = {
  readonly amount: string
  readonly payment_method: (typeof methods)[number]
  readonly transaction_id: string | null
}

type PayDialogProps = { readonly booking: Booking; readonly onDone: () => void; readonly onClose: () => void }

/** Money that was received at the desk or on the account; recorded by staff it counts at once. */
export function PayDialog({ booking, onDone, onClose }: PayDialogProps) {
  const [waiting] = useState(() => pendingRequest<Sent>('booking.pay', booking.id)?.body)
  const [typed, setTyped] = useState(waiting?.amount ?? '')
  const [method, setMethod] = useState<Sent['payment_method']>(waiting?.payment_method ?? 'cash')
  const [transaction, setTransaction] = useState(waiting?.transaction_id ?? '')
  const amount = typedRupees(typed)
  const isNamed = method === 'cash' || transaction.trim() !== ''
  return (
    <ConfirmMoney
      action="booking.pay"
      subject={booking.id}
      title={`Record a payment for ${booking.booking_number}?`}
      amount={amount ?? '0.00'}
      facts={[
        ['To pay', <Money key="remaining" amount={booking.remaining_amount} />],
        ['What follows', 'The payment counts at once; its bonus is credited and the instalments are laid out.'],
      ]}
      confirmLabel="Record the payment"
      body={{ amount: amount ?? '0.00', payment_method: method, transaction_id: transaction.trim() || null }}
      isReady={amount !== null && isNamed}
      send={({ body, key }) =>
        ask(
          api.POST('/booking/bookings/{id}/make_payment/', {
            params: { path: { id: booking.id }, header: { 'Idempotency-Key': key } },
            body,
          }),
        )
      }
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        select
        label="How it came"
        value={method}
        onChange={({ target }) => setMethod(target.value as Sent['payment_method'])}
      >
        {methods.map((one) => (
          <MenuItem key={one} value={one}>
            {methodLabels[one]}
          </MenuItem>
        ))}
      </TextField>
      <MoneyInput label="Amount" value={typed} onAmount={setTyped} autoFocus required />
      <TextField
        label="Transaction number"
        value={transaction}
        onChange={({ target }) => setTransaction(target.value)}
        helperText={method === 'cash' ? 'Of the receipt, if there is one.' : 'As the bank writes it. Each counts once.'}
        slotProps={{ htmlInput: { maxLength: 200 } }}
        required={method === 'bank_transfer'}
      />
    </ConfirmMoney>
  )
}
