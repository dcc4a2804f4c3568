import { Alert, Button } from '@mui/material'
import { useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { Money } from '../../money/money-field.tsx'
import { pendingRequest } from '../../money/pending-request.ts'
import { ReasonField } from '../../money/reason-field.tsx'
import { useDone } from '../../money/use-done.ts'
import { useMay } from '../../session/may.ts'
import type { Payout } from './payout.ts'

/** What can be done with a payout that waits: process it or reject it. */
export function DecidePayout({ payout }: { payout: Payout }) {
  const may = useMay()
  const [open, setOpen] = useState<'process' | 'reject' | null>(null)
  const close = () => setOpen(null)
  const done = useDone(close)
  if (payout.status !== 'pending') return null
  return (
    <>
      {may('post /payout/{id}/reject/') && (
        <Button variant="outlined" color="error" onClick={() => setOpen('reject')}>
          Reject
        </Button>
      )}
      {may('post /payout/{id}/process/') && (
        <Button variant="contained" onClick={() => setOpen('process')}>
          Process
        </Button>
      )}
      {open === 'process' && (
        <ProcessDialog payout={payout} onDone={() => done('The payout is on its way to the bank.')} onClose={close} />
      )}
      {open === 'reject' && (
        <RejectDialog
          payout={payout}
          onDone={() => done('The payout is rejected, and the member is told.')}
          onClose={close}
        />
      )}
    </>
  )
}

type DialogProps = { readonly payout: Payout; readonly onDone: () => void; readonly onClose: () => void }

function ProcessDialog({ payout, onDone, onClose }: DialogProps) {
  return (
    <ConfirmMoney
      action="payout.process"
      subject={payout.id}
      title="Process this payout?"
      amount={payout.transfer_amount}
      facts={[
        ['To', payout.account_holder_name],
        ['Account', `${payout.account_number}, ${payout.bank_name}, ${payout.ifsc_code}`],
        ['Asked for', <Money key="asked" amount={payout.requested_amount} />],
        ['Tax withheld', <Money key="tax" amount={payout.tds_amount} />],
        ['Paid into the EMI', <Money key="emi" amount={payout.emi_amount} />],
      ]}
      confirmLabel="Process the payout"
      body={{}}
      send={({ key }) =>
        ask(
          api.POST('/payout/{id}/process/', {
            params: { path: { id: payout.id }, header: { 'Idempotency-Key': key } },
          }),
        )
      }
      onDone={onDone}
      onClose={onClose}
    />
  )
}

function RejectDialog({ payout, onDone, onClose }: DialogProps) {
  const waiting = pendingRequest<{ reason: string }>('payout.reject', payout.id)
  const [reason, setReason] = useState(waiting?.body.reason ?? '')
  return (
    <ConfirmMoney
      action="payout.reject"
      subject={payout.id}
      title="Reject this payout?"
      amount={payout.requested_amount}
      confirmLabel="Reject the payout"
      body={{ reason: reason.trim() }}
      isReady={reason.trim() !== ''}
      send={({ body, key }) =>
        ask(
          api.POST('/payout/{id}/reject/', {
            params: { path: { id: payout.id }, header: { 'Idempotency-Key': key } },
            body,
          }),
        )
      }
      onDone={onDone}
      onClose={onClose}
    >
      <Alert severity="info">The whole amount is free again in the member’s wallet.</Alert>
      <ReasonField value={reason} onChange={setReason} hint="The member reads it." longest={1_000} autoFocus />
    </ConfirmMoney>
  )
}
