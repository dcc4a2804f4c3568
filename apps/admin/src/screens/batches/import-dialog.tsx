import { Alert, Button, Stack, TextField } from '@mui/material'
import { useRef, useState } from 'react'
import { api, ask } from '../../api/client.ts'
import { ConfirmMoney } from '../../money/confirm-money.tsx'
import { Money } from '../../money/money-field.tsx'
import { pendingRequest } from '../../money/pending-request.ts'
import type { Batch } from './batch.ts'
import { announcedBy, longestFile } from './result-file.ts'
import type { Results } from './result-lines.tsx'

type ImportDialogProps = {
  readonly batch: Batch
  readonly onDone: (results: Results) => void
  readonly onClose: () => void
}

/** Takes the bank's result file for a batch, after showing what it says. */
export function ImportDialog({ batch, onDone, onClose }: ImportDialogProps) {
  const [csv, setCsv] = useState(() => pendingRequest<{ csv: string }>('payout.results', batch.id)?.body.csv ?? '')
  const announced = csv === '' ? null : announcedBy(csv, batch.payouts)
  const isFile = announced !== null && typeof announced !== 'string'
  return (
    <ConfirmMoney
      action="payout.results"
      subject={batch.id}
      title={`Take the bank’s results for batch ${batch.id}?`}
      amount={isFile ? announced.paidAmount : '0.00'}
      facts={
        isFile
          ? [
              ['Paid by the bank', `${announced.paid} payouts`],
              [
                'Refused by the bank',
                <span key="failed">
                  {announced.failed} payouts, <Money amount={announced.failedAmount} />, free again in the wallets
                </span>,
              ],
              ['Other lines', `${announced.other}, which change nothing or are refused`],
            ]
          : []
      }
      confirmLabel="Take the results"
      body={{ csv }}
      isReady={isFile}
      send={({ body, key }) =>
        ask(
          api.POST('/payout/batches/{id}/results/', {
            params: { path: { id: batch.id }, header: { 'Idempotency-Key': key } },
            body,
          }),
        )
      }
      onDone={onDone}
      onClose={onClose}
    >
      <ChooseFile onText={setCsv} />
      <TextField
        label="Lines of the file"
        value={csv}
        onChange={({ target }) => setCsv(target.value)}
        helperText="A CSV with the columns reference, status (processed or failed), bank_reference, reason."
        multiline
        minRows={3}
        maxRows={8}
        slotProps={{ htmlInput: { spellCheck: false } }}
      />
      {typeof announced === 'string' && <Alert severity="warning">{announced}</Alert>}
    </ConfirmMoney>
  )
}

function ChooseFile({ onText }: { onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  // A character is at most three bytes of UTF-8 here, so what is longer cannot be taken.
  const read = async (file: File | undefined) => {
    if (!file) return
    setName(file.name)
    onText(file.size > longestFile * 3 ? ' '.repeat(longestFile + 1) : await file.text())
  }
  return (
    <Stack direction="row" sx={{ gap: 2, alignItems: 'center' }}>
      <Button variant="outlined" onClick={() => input.current?.click()}>
        Choose the result file
      </Button>
      <span>{name}</span>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv,text/plain"
        aria-label="Result file"
        hidden
        onChange={({ target }) => void read(target.files?.[0])}
      />
    </Stack>
  )
}
