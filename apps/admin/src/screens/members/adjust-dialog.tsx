import { ToggleButton, ToggleButtonGroup } from '@mui/material'
import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { MoneyInput } from '../../money/money-input.tsx'
import { pendingRequest } from '../../money/pending-request.ts'
import { ReasonField } from '../../money/reason-field.tsx'
import { typedRupees } from '../../money/rupees.ts'

type Sent = { readonly user: number; readonly amount: string; readonly reason: string }

type AdjustDialogProps = {
  readonly userId: number
  readonly name: string
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Corrects a wallet at the company's expense: puts in what was missing, or takes out what was too much. */
export function AdjustDialog({ userId, name, onDone, onClose }: AdjustDialogProps) {
  const [waiting] = useState(() => pendingRequest<Sent>('wallet.adjust', userId)?.body)
  const [isTaking, setTaking] = useState(waiting?.amount.startsWith('-') ?? false)
  const [typed, setTyped] = useState(waiting?.amount.replace('-', '') ?? '')
  const [reason, setReason] = useState(waiting?.reason ?? '')
  const amount = typedRupees(typed)
  return (
    <ConfirmMoney
      action="wallet.adjust"
      subject={userId}
      title={isTaking ? `Take this out of the wallet of ${name}?` : `Put this into the wallet of ${name}?`}
      amount={amount ?? '0.00'}
      facts={[
        ['At whose expense', isTaking ? 'The member’s; the company gets it.' : 'The company’s.'],
        ['At most', isTaking ? 'What is available in the wallet.' : 'No limit.'],
      ]}
      confirmLabel={isTaking ? 'Take it out' : 'Put it in'}
      body={{ user: userId, amount: `${isTaking ? '-' : ''}${amount ?? '0.00'}`, reason: reason.trim() }}
      isReady={amount !== null && reason.trim() !== ''}
      send={({ body, key }) =>
        ask(api.POST('/wallet/adjust/', { params: { header: { 'Idempotency-Key': key } }, body }))
      }
      onDone={onDone}
      onClose={onClose}
    >
      <ToggleButtonGroup
        exclusive
        size="small"
        color="primary"
        value={isTaking}
        onChange={(_, value: boolean | null) => value !== null && setTaking(value)}
        aria-label="Which way"
      >
        <ToggleButton value={false}>Put in</ToggleButton>
        <ToggleButton value={true}>Take out</ToggleButton>
      </ToggleButtonGroup>
      <MoneyInput label="Amount" value={typed} onAmount={setTyped} autoFocus required />
      <ReasonField value={reason} onChange={setReason} hint="Stands in the member’s statement and in the audit log." />
    </ConfirmMoney>
  )
}
