import { Alert, Dialog, DialogContent } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useRefresh } from 'react-admin'
import { useNavigate } from 'react-router'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { Money } from '../../money/money-field.tsx'
import { pendingRequest } from '../../money/pending-request.ts'
import { sumOf } from '../../money/rupees.ts'
import { Failure } from '../../show/failure.tsx'
import { Loading } from '../../show/loading.tsx'
import { mostOfBatch, type Payout, waitingPayouts } from './payout.ts'

type BatchDialogProps = {
  /** The payouts chosen; null for all that wait. */
  readonly ids: readonly number[] | null
  readonly onClose: () => void
  readonly onDone?: () => void
}

/** Approves payouts into one batch. What is sent are the payouts that were shown, so nothing that came since goes along unseen. */
export function BatchDialog({ ids, onClose, onDone }: BatchDialogProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['waiting-payouts', ids],
    queryFn: () => waitingPayouts(ids),
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
  if (data) return <Confirm payouts={data} chosen={ids?.length ?? null} onClose={onClose} onDone={onDone} />
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-label="What waits">
      <DialogContent>
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading rows={4} />}
      </DialogContent>
    </Dialog>
  )
}

type ConfirmProps = {
  readonly payouts: readonly Payout[]
  readonly chosen: number | null
  readonly onClose: () => void
  readonly onDone: (() => void) | undefined
}

function Confirm({ payouts, chosen, onClose, onDone }: ConfirmProps) {
  const navigate = useNavigate()
  const refresh = useRefresh()
  const missing = chosen === null ? 0 : chosen - payouts.length
  const total = (amountOf: (payout: Payout) => string) => sumOf(payouts.map(amountOf))
  return (
    <ConfirmMoney
      action="payout.batch"
      subject="new"
      title={
        payouts.length === 1 ? 'Approve one payout into a batch?' : `Approve ${payouts.length} payouts into a batch?`
      }
      amount={total(({ transfer_amount }) => transfer_amount)}
      facts={[
        ['Asked for', <Money key="asked" amount={total(({ requested_amount }) => requested_amount)} />],
        ['Tax withheld', <Money key="tax" amount={total(({ tds_amount }) => tds_amount)} />],
        ['Paid into EMIs', <Money key="emi" amount={total(({ emi_amount }) => emi_amount)} />],
        ['What follows', 'They are approved. The bank pays them by the file of the batch; its results are taken here.'],
      ]}
      confirmLabel="Make the batch"
      body={{ payouts: payouts.map(({ id }) => id) }}
      isReady={payouts.length > 0 || pendingRequest('payout.batch', 'new') !== null}
      send={({ body, key }) =>
        ask(api.POST('/payout/batches/', { params: { header: { 'Idempotency-Key': key } }, body }))
      }
      onDone={({ id, skipped }) => {
        onDone?.()
        refresh()
        navigate(`/payout-batches/${id}/show`, { state: { skipped } })
      }}
      onClose={onClose}
    >
      {payouts.length === 0 && <Alert severity="info">None of these payouts waits any more.</Alert>}
      {payouts.length > 0 && missing > 0 && (
        <Alert severity="info">{missing} of those that you chose do not wait any more and are left out.</Alert>
      )}
      {payouts.length === mostOfBatch && (
        <Alert severity="info">A batch takes {mostOfBatch} payouts: these are the oldest.</Alert>
      )}
    </ConfirmMoney>
  )
}
