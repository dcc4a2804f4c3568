import { TextField } from '@mui/material'
import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { MoneyInput } from '../../money/money-input.tsx'

type DepositDialogProps = {
  readonly userId: number
  readonly name: string
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Money that was received for a member and goes into the wallet. */
export function DepositDialog({ userId, name, onDone, onClose }: DepositDialogProps) {
  const [typed, setTyped] = useState('')
  const [amount, setAmount] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  return (
    <ConfirmMoney
      action="wallet.deposit"
      subject={userId}
      title={`Record a deposit for ${name}?`}
      amount={amount ?? '0.00'}
      confirmLabel="Record the deposit"
      body={{ user: userId, amount: amount ?? '0.00', reason }}
      isReady={amount !== null && reason.trim() !== ''}
      send={({ body, key }) =>
        ask(api.POST('/wallet/deposit/', { params: { header: { 'Idempotency-Key': key } }, body }))
      }
      onDone={onDone}
      onClose={onClose}
    >
      <MoneyInput
        label="Amount"
        value={typed}
        onAmount={(text, rupees) => {
          setTyped(text)
          setAmount(rupees)
        }}
        autoFocus
        required
      />
      <TextField
        label="Reason"
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        helperText="Stands in the member’s statement and in the audit log."
        slotProps={{ htmlInput: { maxLength: 500 } }}
        required
      />
    </ConfirmMoney>
  )
}
