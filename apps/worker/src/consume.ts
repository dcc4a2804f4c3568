import {
  type Delivered,
  done,
  type EnvelopeOf,
  type HandlerName,
  handlerNames,
  type Outcome,
  outcomeOf,
  policyOf,
  type Subscription,
  type Transport,
} from '@ev/messaging'
import { withTrace } from '@ev/runtime'
import { handlers, type WorkerDeps } from './handlers.ts'
import { unmeasured, type WorkerMetrics } from './metrics.ts'

/** The handlers' dependencies, and who is told how long a handler took. */
type Measured = WorkerDeps & { readonly metrics: Pick<WorkerMetrics, 'handled'> }

/** A handler with its batching forgotten: it takes messages together, and throws when one of them cannot be handled. */
type Handle<H extends HandlerName> = (deps: WorkerDeps, messages: readonly EnvelopeOf<H>[]) => Promise<void>

/** Works every queue of the catalogue until the subscriptions are closed. */
export function consumeAll(
  deps: WorkerDeps,
  transport: Transport,
  metrics: Pick<WorkerMetrics, 'handled'> = unmeasured,
): Promise<Subscription[]> {
  return Promise.all(handlerNames.map((handler) => consume({ ...deps, metrics }, { transport, handler })))
}

function consume<H extends HandlerName>(
  deps: Measured,
  { transport, handler }: { transport: Transport; handler: H },
): Promise<Subscription> {
  const handle = asBatchHandler(handler)
  return transport.subscribe(handler, async (batch) => {
    const together = await attempt(deps, { handler, handle, batch })
    if (together.kind === 'done') return batch.map(() => done)
    if (batch.length === 1) return [together]
    // One message of a batch must not hold up its neighbours: each is tried by itself to find the one that fails.
    const outcomes: Outcome[] = []
    for (const delivered of batch) outcomes.push(await attempt(deps, { handler, handle, batch: [delivered] }))
    return outcomes
  })
}

async function attempt<H extends HandlerName>(
  deps: Measured,
  { handler, handle, batch }: { handler: H; handle: Handle<H>; batch: readonly Delivered<H>[] },
): Promise<Outcome> {
  const startedAt = performance.now()
  const [first] = batch
  const { requestId, traceparent } = first!.envelope
  return withTrace({ requestId, traceparent, ipAddress: null }, async () => {
    try {
      await handle(
        deps,
        batch.map(({ envelope }) => envelope),
      )
      const durationMs = Math.round(performance.now() - startedAt)
      deps.metrics.handled({ handler, outcome: 'done', messages: batch.length, durationMs })
      deps.log.debug({ handler, messages: batch.length, durationMs, requestId }, 'handled')
      return done
    } catch (error) {
      const outcome = outcomeOf(error)
      const durationMs = Math.round(performance.now() - startedAt)
      deps.metrics.handled({ handler, outcome: outcome.kind, messages: batch.length, durationMs })
      deps.log.warn(
        { handler, messages: batch.length, attempt: first!.attempt, outcome, requestId, err: error },
        'not handled',
      )
      return outcome
    }
  })
}

/** Gives both kinds of handlers one form. The catalogue's policy says which kind each is, a link that the compiler cannot follow. */
function asBatchHandler<H extends HandlerName>(handler: H): Handle<H> {
  if (policyOf(handler).batch !== null) return handlers[handler] as unknown as Handle<H>
  const single = handlers[handler] as unknown as (deps: WorkerDeps, message: EnvelopeOf<H>) => Promise<void>
  return async (deps, messages) => {
    for (const message of messages) await single(deps, message)
  }
}
