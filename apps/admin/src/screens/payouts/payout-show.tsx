import { Button } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useMay } from '../../session/may.ts'
import { Facts } from '../../show/facts.tsx'
import { MemberLink } from '../../show/member-link.tsx'
import { Page } from '../../show/page.tsx'
import { Columns, Panel } from '../../show/panel.tsx'
import { RecordPage } from '../../show/record-page.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import { type Moment, Timeline } from '../../show/timeline.tsx'
import { useRefreshWhile } from '../../show/use-refresh-while.ts'
import { DecidePayout } from './decide-payout.tsx'
import { Division } from './division.tsx'
import { nextWaiting, type Payout } from './payout.ts'
import { PayoutLines } from './payout-lines.tsx'

export default function PayoutShow() {
  return <RecordPage<Payout>>{(payout) => <PayoutPage payout={payout} />}</RecordPage>
}

function PayoutPage({ payout }: { payout: Payout }) {
  const may = useMay()
  // A batch ends by the bank's file; what goes by itself ends within seconds.
  useRefreshWhile(payout.status === 'processing' && payout.batch === null)
  return (
    <Page
      title={`Payout ${payout.id}`}
      mark={<StatusChip status={payout.status} />}
      actions={
        <>
          <NextWaiting payoutId={payout.id} />
          <DecidePayout payout={payout} />
        </>
      }
    >
      <Columns
        main={
          <>
            <Panel title="What it comes to">
              <Division payout={payout} />
            </Panel>
            {may('post /wallet/deposit/') && (
              <Panel title="In the wallet">
                <PayoutLines payout={payout} />
              </Panel>
            )}
          </>
        }
        side={
          <>
            <Panel title="To whom">
              <Facts
                facts={[
                  ['Member', <MemberLink key="member" id={payout.user} />],
                  ['Account holder', payout.account_holder_name],
                  ['Account', payout.account_number],
                  ['Bank', payout.bank_name],
                  ['IFSC', payout.ifsc_code],
                  ['Bank reference', payout.bank_reference],
                  [
                    'Batch',
                    payout.batch && <Link to={`/payout-batches/${payout.batch}/show`}>Batch {payout.batch}</Link>,
                  ],
                ]}
              />
            </Panel>
            <Panel title="What happened">
              <Timeline label="What happened to the payout" moments={momentsOf(payout)} />
            </Panel>
          </>
        }
      />
    </Page>
  )
}

/** The way to the payout that has waited longest, so that the queue is worked off without going back to it. */
function NextWaiting({ payoutId }: { payoutId: number }) {
  const { data: next } = useQuery({
    queryKey: ['next-waiting-payout', payoutId],
    queryFn: () => nextWaiting(payoutId),
  })
  if (!next) return null
  return (
    <Button component={Link} to={`/payouts/${next}/show`} color="inherit">
      Next that waits
    </Button>
  )
}

const ends = { completed: 'Paid', failed: 'Failed', rejected: 'Rejected', cancelled: 'Taken back by the member' }

function momentsOf(payout: Payout): Moment[] {
  const { status, created_at, processed_at, completed_at, failure_reason } = payout
  const end = status in ends ? ends[status as keyof typeof ends] : null
  return [
    { at: created_at, what: 'Asked for' },
    ...(processed_at ? [{ at: processed_at, what: 'Approved' }] : []),
    ...(end ? [{ at: completed_at, what: end, detail: failure_reason }] : []),
  ]
}
