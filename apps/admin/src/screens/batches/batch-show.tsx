import { Alert, AlertTitle, Button } from '@mui/material'
import { useState } from 'react'
import { useNotify } from 'react-admin'
import { Link, useLocation } from 'react-router'
import { messageOfError } from '../../api/problem.ts'
import { saveAnswer } from '../../data/save-file.ts'
import { Money } from '../../money/money-field.tsx'
import { useDone } from '../../money/use-done.ts'
import { Facts } from '../../show/facts.tsx'
import { ist } from '../../show/instant.tsx'
import { ActorName } from '../../show/member-link.tsx'
import { Page } from '../../show/page.tsx'
import { Columns, Panel } from '../../show/panel.tsx'
import { RecordPage } from '../../show/record-page.tsx'
import { type Batch, standingOf } from './batch.ts'
import { BatchPayouts } from './batch-payouts.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { ResultLines, type Results } from './result-lines.tsx'

export default function BatchShow() {
  return <RecordPage<Batch>>{(batch) => <BatchPage batch={batch} key={batch.id} />}</RecordPage>
}

function BatchPage({ batch }: { batch: Batch }) {
  const [results, setResults] = useState<Results | null>(null)
  const waits = batch.statuses.processing > 0
  return (
    <Page title={`Batch ${batch.id}`} actions={<BatchActions batch={batch} onResults={setResults} />}>
      <Columns
        main={
          <>
            <Skipped />
            {results && (
              <Panel title="What the result file did">
                <ResultLines results={results} />
              </Panel>
            )}
            <Panel title="Payouts">
              <BatchPayouts payouts={batch.payouts} />
            </Panel>
          </>
        }
        side={
          <Panel title="The batch">
            <Facts
              facts={[
                ['Transfers', <Money key="total" amount={batch.total_amount} />],
                ['Payouts', batch.payout_count],
                ['Stand', standingOf(batch.statuses)],
                ['Made', ist(batch.created_at)],
                ['By', <ActorName key="by" id={batch.created_by} />],
                ['First results', batch.results_imported_at && ist(batch.results_imported_at)],
                [
                  'Next',
                  waits
                    ? 'Give the bank file to the bank, and take its result file here.'
                    : 'Nothing: the bank has answered for every payout.',
                ],
              ]}
            />
          </Panel>
        }
      />
    </Page>
  )
}

function BatchActions({ batch, onResults }: { batch: Batch; onResults: (results: Results) => void }) {
  const notify = useNotify()
  const [isImporting, setImporting] = useState(false)
  const close = () => setImporting(false)
  const done = useDone(close)
  if (batch.statuses.processing === 0) return null
  const download = () =>
    saveAnswer(`/payout/batches/${batch.id}/file.csv`, `payout-batch-${batch.id}.csv`).catch((error: unknown) =>
      notify(messageOfError(error), { type: 'error' }),
    )
  return (
    <>
      <Button variant="outlined" onClick={() => void download()}>
        Bank file
      </Button>
      <Button variant="contained" onClick={() => setImporting(true)}>
        Take the results
      </Button>
      {isImporting && (
        <ImportDialog
          batch={batch}
          onDone={(results) => {
            onResults(results)
            done(`${results.settled} settled, ${results.unchanged} unchanged, ${results.refused} refused.`)
          }}
          onClose={close}
        />
      )}
    </>
  )
}

type SkippedPayout = { readonly payout: number; readonly reason: string }

/** What did not go into the batch when it was made; known only on the way here from making it. */
function Skipped() {
  const state = useLocation().state as { skipped?: readonly SkippedPayout[] } | null
  const skipped = state?.skipped ?? []
  if (skipped.length === 0) return null
  return (
    <Alert severity="warning">
      <AlertTitle>Not in the batch</AlertTitle>
      {skipped.map(({ payout, reason }) => (
        <div key={payout}>
          <Link to={`/payouts/${payout}/show`}>Payout {payout}</Link>: {reason}
        </div>
      ))}
    </Alert>
  )
}
