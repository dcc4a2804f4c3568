import { Alert, Box, Button, Card, CardContent, Stack, Tab, Tabs, Typography } from '@mui/material'
import { type ReactNode, useState } from 'react'
import { useGetList, useNotify, useRefresh } from 'react-admin'
import { useNavigate } from 'react-router'
import { messageOfError } from '../../api/problem.ts'
import type { ResourceName } from '../../data/resources.ts'
import { Empty } from '../../show/empty.tsx'
import { type Fact, Facts } from '../../show/facts.tsx'
import { ist } from '../../show/instant.tsx'
import { ActorName } from '../../show/member-link.tsx'
import { Page } from '../../show/page.tsx'
import { Paper } from '../../show/paper.tsx'
import { ReasonDialog } from '../../show/reason-dialog.tsx'
import { useShortcuts } from '../../show/shortcuts.ts'
import { StatusChip } from '../../show/status-chip.tsx'

/** What identity checks and nominees have in common. */
export type Reviewed = {
  readonly id: number
  readonly status: 'pending' | 'approved' | 'rejected'
  readonly submitted_at: string
  readonly reviewed_at: string | null
  readonly reviewed_by: number | null
  readonly rejection_reason: string
}

export type ReviewDeskProps = {
  readonly resource: Extract<ResourceName, 'kyc' | 'nominees'>
  readonly title: string
  readonly record: Reviewed
  readonly facts: readonly Fact[]
  readonly papers: readonly { readonly label: string; readonly path: string | null }[]
  readonly usualReasons: readonly string[]
  readonly approve: () => Promise<unknown>
  readonly reject: (reason: string) => Promise<unknown>
  readonly note?: ReactNode
}

/** The papers beside what was typed, one verdict, and on to the next that waits. Everything has a key. */
export function ReviewDesk(props: ReviewDeskProps) {
  const { record, title, facts, papers, usualReasons } = props
  const [isRejecting, setRejecting] = useState(false)
  const [shown, setShown] = useState(0)
  const { previous, next, waiting, decide, isBusy, problem, go } = useQueue(props)
  const isOpen = record.status === 'pending'
  const approve = () => void decide(props.approve, 'Approved.')
  useShortcuts({
    ...(isOpen && !isBusy && { a: approve, x: () => setRejecting(true) }),
    ...(next !== null && { n: () => go(next), ArrowRight: () => go(next) }),
    ...(previous !== null && { p: () => go(previous), ArrowLeft: () => go(previous) }),
    ...Object.fromEntries(papers.map((_, at) => [String(at + 1), () => setShown(at)])),
  })
  return (
    <Page
      title={title}
      mark={<StatusChip status={record.status} />}
      actions={
        <>
          <Button onClick={() => previous !== null && go(previous)} disabled={previous === null}>
            Previous
          </Button>
          <Button onClick={() => next !== null && go(next)} disabled={next === null}>
            Next
          </Button>
          {isOpen && (
            <>
              <Button variant="outlined" color="error" onClick={() => setRejecting(true)} disabled={isBusy}>
                Reject
              </Button>
              <Button variant="contained" onClick={approve} disabled={isBusy}>
                Approve
              </Button>
            </>
          )}
        </>
      }
    >
      {problem !== null && (
        <Alert severity="error" sx={{ mb: 2 }}>
          {problem}
        </Alert>
      )}
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', md: '3fr 2fr' }, gap: 2 }}>
        <Card>
          <CardContent>
            <Papers key={record.id} papers={papers} shown={shown} onShow={setShown} />
          </CardContent>
        </Card>
        <Stack spacing={2}>
          <Card>
            <CardContent>
              <Facts facts={facts} />
            </CardContent>
          </Card>
          <Card>
            <CardContent>
              <Facts
                facts={[
                  ['Submitted', ist(record.submitted_at)],
                  ...(record.reviewed_at === null
                    ? []
                    : ([
                        ['Decided', ist(record.reviewed_at)],
                        ['By', record.reviewed_by === null ? '—' : <ActorName key="by" id={record.reviewed_by} />],
                      ] as const)),
                  ...(record.rejection_reason === '' ? [] : ([['Reason', record.rejection_reason]] as const)),
                ]}
              />
            </CardContent>
          </Card>
          <Typography variant="body2" color="text.secondary">
            {waiting === 1 ? 'One waits for a decision.' : `${waiting} wait for a decision.`} Keys: A approve, X reject,
            N and P next and previous, 1 to {papers.length} papers, + − 0 zoom, R turn.
          </Typography>
        </Stack>
      </Box>
      {isRejecting && (
        <ReasonDialog
          title="Reject?"
          hint="The member reads the reason and may submit again."
          usual={usualReasons}
          confirmLabel="Reject"
          onClose={() => setRejecting(false)}
          onConfirm={async (reason) => {
            await props.reject(reason)
            setRejecting(false)
            await decide(() => Promise.resolve(), 'Rejected.')
          }}
        />
      )}
    </Page>
  )
}

function Papers({
  papers,
  shown,
  onShow,
}: {
  papers: ReviewDeskProps['papers']
  shown: number
  onShow: (at: number) => void
}) {
  const paper = papers[shown] ?? papers[0]
  return (
    <>
      <Tabs
        value={Math.min(shown, papers.length - 1)}
        onChange={(_, at: number) => onShow(at)}
        aria-label="Papers"
        sx={{ mb: 2 }}
      >
        {papers.map(({ label, path }) => (
          <Tab key={label} label={path === null ? `${label} (none)` : label} />
        ))}
      </Tabs>
      {paper && paper.path !== null ? (
        <Paper path={paper.path} label={paper.label} />
      ) : (
        <Empty title="This paper was not handed in." />
      )}
    </>
  )
}

const mostInQueue = 100

/** Those that wait, oldest first, and where this one stands among them. */
function useQueue({ resource, record }: ReviewDeskProps) {
  const navigate = useNavigate()
  const notify = useNotify()
  const refresh = useRefresh()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const { data = [], total = 0 } = useGetList(resource, {
    filter: { status: 'pending' },
    sort: { field: 'id', order: 'ASC' },
    pagination: { page: 1, perPage: mostInQueue },
  })
  const ids = data.map(({ id }) => Number(id))
  const previous = ids.findLast((id) => id < record.id) ?? null
  const next = ids.find((id) => id > record.id) ?? ids.find((id) => id !== record.id) ?? null
  const go = (id: number) => navigate(`/${resource}/${id}/show`)

  async function decide(work: () => Promise<unknown>, done: string) {
    setBusy(true)
    setProblem(null)
    try {
      await work()
      notify(done, { type: 'success' })
      if (next === null) navigate(`/${resource}`)
      else go(next)
    } catch (error) {
      setProblem(messageOfError(error))
    } finally {
      setBusy(false)
      refresh()
    }
  }
  return { previous, next, waiting: total, decide, isBusy, problem, go }
}
