import { Box, Button, Card, CardContent, Stack, Typography } from '@mui/material'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { Empty } from '../../show/empty.tsx'
import { Facts } from '../../show/facts.tsx'
import { Failure } from '../../show/failure.tsx'
import { ist } from '../../show/instant.tsx'
import { Loading } from '../../show/loading.tsx'
import { Page } from '../../show/page.tsx'
import { StatusChip } from '../../show/status-chip.tsx'
import { useAction } from '../../show/use-action.ts'
import { Payload } from './payload.tsx'

type Parked = Answer<'/admin/parked/'>
type Message = Parked['results'][number]
type Handler = Message['handler']

const followEveryMs = 5_000

/** What the handlers could not handle: why, and the way back to them. It is asked for again while one looks, so a retry can be followed. */
export default function ParkedPage() {
  const { data, error, refetch } = useQuery({
    queryKey: ['parked'],
    queryFn: () => ask(api.GET('/admin/parked/')),
    refetchInterval: followEveryMs,
  })
  return (
    <Page title="Parked messages">
      {error ? <Failure error={error} onRetry={() => void refetch()} /> : data ? <Queues parked={data} /> : <Loading />}
    </Page>
  )
}

function Queues({ parked }: { parked: Parked }) {
  const queues = parked.handlers.filter(({ count }) => count > 0)
  if (queues.length === 0) {
    return (
      <Card>
        <Empty
          title="Nothing is parked."
          hint="A message comes here when its handler has failed at it after every attempt, or cannot take it."
        />
      </Card>
    )
  }
  return (
    <Stack spacing={3}>
      {queues.map(({ handler, count }) => (
        <Queue
          key={handler}
          handler={handler}
          count={count}
          messages={parked.results.filter((each) => each.handler === handler)}
        />
      ))}
    </Stack>
  )
}

function Queue({ handler, count, messages }: { handler: Handler; count: number; messages: readonly Message[] }) {
  const { isBusy, retry } = useRetry()
  return (
    <section aria-label={handler}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 2, mb: 1 }}>
        <Typography variant="h6" component="h3">
          {handler}
        </Typography>
        <Typography color="text.secondary">{count === 1 ? 'one message' : `${count} messages`}</Typography>
        <Box sx={{ flex: 1 }} />
        <Button variant="outlined" disabled={isBusy} onClick={() => void retry(handler, null)}>
          Retry all of {handler}
        </Button>
      </Stack>
      <Stack spacing={1}>
        {messages.map((message) => (
          <ParkedMessage
            key={message.id}
            message={message}
            isBusy={isBusy}
            onRetry={() => void retry(handler, message.id)}
          />
        ))}
      </Stack>
    </section>
  )
}

function ParkedMessage({ message, isBusy, onRetry }: { message: Message; isBusy: boolean; onRetry: () => void }) {
  return (
    <Card>
      <CardContent>
        <Stack direction="row" sx={{ gap: 2, alignItems: 'center', mb: 1.5 }}>
          <Typography variant="subtitle2" component="h4">
            {message.name ?? 'A message that cannot be read'}
          </Typography>
          <StatusChip status="parked" />
          <Box sx={{ flex: 1 }} />
          <Button size="small" variant="contained" disabled={isBusy} onClick={onRetry}>
            Retry
          </Button>
        </Stack>
        <Facts
          facts={[
            ['Why', message.reason],
            ['After', message.attempt === 1 ? 'one attempt' : `${message.attempt} attempts`],
            ['It happened', message.occurred_at && ist(message.occurred_at)],
            ['About', message.payload ? <Payload key="about" payload={message.payload} /> : message.raw],
          ]}
        />
      </CardContent>
    </Card>
  )
}

function useRetry() {
  const { isBusy, act } = useAction()
  const queryClient = useQueryClient()
  async function retry(handler: Handler, id: string | null) {
    const path = { handler }
    const call = () =>
      id === null
        ? ask(api.POST('/admin/parked/{handler}/retry/', { params: { path } }))
        : ask(api.POST('/admin/parked/{handler}/{id}/retry/', { params: { path: { handler, id } } }))
    await act(call, 'Given back to its handler. It comes here again if it fails again.')
    await queryClient.invalidateQueries({ queryKey: ['parked'] })
  }
  return { isBusy, retry }
}
