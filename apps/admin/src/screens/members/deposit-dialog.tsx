import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { MoneyInput } from '../../money/money-input.tsx'
import { pendingRequest } from '../../money/pending-request.ts'
import { ReasonField } from '../../money/reason-field.tsx'
import { typedRupees } from '../../money/rupees.ts'

type Sent = { readonly user: number; readonly amount: string; readonly reason: string }

type DepositDialogProps = {
  readonly userId: number
  readonly name: string
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Money that was received for a member and goes into the wallet. */
export function DepositDialog({ userId, name, onDone, onClose }: DepositDialogProps) {
  const [waiting] = useState(() => pendingRequest<Sent>('wallet.deposit', userId)?.body)
  const [typed, setTyped] = useState(waiting?.amount ?? '')
  const [reason, setReason] = useState(waiting?.reason ?? '')
  const amount = typedRupees(typed)
  return (
    <ConfirmMoney
      action="wallet.deposit"
      subject={userId}
      title={`Record a deposit for ${name}?`}
      amount={amount ?? '0.00'}
      confirmLabel="Record the deposit"
      body={{ user: userId, amount: amount ?? '0.00', reason: reason.trim() }}
      isReady={amount !== null && reason.trim() !== ''}
      send={({ body, key }) =>
        ask(api.POST('/wallet/deposit/', { params: { header: { 'Idempotency-Key': key } }, body }))
      }
      onDone={onDone}
      onClose={onClose}
    >
      <MoneyInput label="Amount" value={typed} onAmount={setTyped} autoFocus required />
      <ReasonField value={reason} onChange={setReason} hint="Stands in the member’s statement and in the audit log." />
    </ConfirmMoney>
  )
}
