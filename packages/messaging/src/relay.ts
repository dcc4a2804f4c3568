import { createAlarm } from './alarm.ts'
import { type Envelope, parseEnvelope } from './envelope.ts'
import { growingDelay } from './growing-delay.ts'
import { reasonIn } from './outcome.ts'
import type { Log, Transport } from './transport.ts'

/** A message that waits in the outbox. */
export type OutboxRow = {
  readonly id: number
  /** UUID; becomes the envelope's id. */
  readonly messageId: string
  readonly name: string
  readonly payload: unknown
  readonly occurredAt: Date
  readonly requestId: string | null
  readonly traceparent: string | null
}

export type PublishedPage = {
  readonly publishedIds: number[]
  readonly failed: { readonly id: number; readonly reason: string }[]
}

/**
 * The outbox as the relay sees it. `claim` takes up to `limit` unpublished rows that no other relay holds, calls
 * `publish` with them, and afterwards marks those that were published and notes the reason at those that failed. Rows in neither list stay as they are.
 */
export type OutboxSource = {
  claim(limit: number, publish: (rows: OutboxRow[]) => Promise<PublishedPage>): Promise<{ readonly claimed: number }>
}

export type RelayOptions = {
  /** Rows of one page, all in flight together. */
  readonly pageSize: number
  /** Wake-ups within so long of the last look are one: under load a look finds many rows, and each costs as much as a few requests. */
  readonly gatherMs: number
  /** How often the outbox is looked at without having been woken. */
  readonly sweepMs: number
  /** The pause after failures in a row, doubling up to the maximum. */
  readonly backoff: { readonly firstMs: number; readonly maxMs: number; readonly random?: () => number }
}

export type Relay = {
  /** Says that rows may be waiting. Returns at once and never throws; many calls are one. */
  wake(): void
  /** Finishes the page in hand and ends. */
  stop(): Promise<void>
}

/** A page may grow to so many pages' worth of rows to see past rows that cannot be published. */
const maxPageGrowth = 20

type PageResult = { claimed: number; published: number; brokerFailure: string | null }

/**
 * Publishes what waits in the outbox: when woken, and by a sweep. Starts at once. Several relays may share an outbox.
 * While the broker is away it pauses, longer each time, and the rows stay. Rows that are no valid message are noted and passed by.
 */
export function createRelay({
  source,
  transport,
  log,
  options,
}: {
  readonly source: OutboxSource
  readonly transport: Pick<Transport, 'publish'>
  readonly log: Log
  readonly options: RelayOptions
}): Relay {
  const alarm = createAlarm()
  const pauseEnd = createAlarm()
  const noted = new Set<number>()
  let stopping = false

  async function run() {
    let failures = 0
    while (!stopping) {
      const lookedAt = performance.now()
      const failure = await drain()
      if (failure === null) {
        failures = 0
        if (!stopping) await alarm.wait(options.sweepMs)
        const restMs = lookedAt + options.gatherMs - performance.now()
        if (!stopping && restMs > 0) await pauseEnd.wait(restMs)
        // Whoever rang until now has committed, so the next look sees it.
        alarm.silence()
        continue
      }
      failures += 1
      const pauseMs = growingDelay(failures, options.backoff)
      log.warn({ failures, pauseMs, reason: failure }, 'The outbox could not be published; its rows wait.')
      // A wake-up does not shorten this pause: each commit would otherwise knock at a broker that is down.
      if (!stopping) await pauseEnd.wait(pauseMs)
    }
  }

  /** Publishes page after page until nothing publishable is left; answers why it had to give up, or null. */
  async function drain(): Promise<string | null> {
    let limit = options.pageSize
    while (!stopping) {
      const page = await publishPage(limit)
      if (page.brokerFailure !== null && page.published === 0) return page.brokerFailure
      if (page.claimed < limit) return page.brokerFailure
      // What stays behind is claimed again with the next page, so the page grows by it, up to a limit.
      const grown = Math.min(options.pageSize + page.claimed - page.published, options.pageSize * maxPageGrowth)
      if (page.published === 0 && grown <= limit) return page.brokerFailure
      limit = grown
    }
    return null
  }

  async function publishPage(limit: number): Promise<PageResult> {
    const result: PageResult = { claimed: 0, published: 0, brokerFailure: null }
    try {
      const { claimed } = await source.claim(limit, async (rows) => {
        const page = await publishRows(rows, result)
        result.published = page.publishedIds.length
        return page
      })
      result.claimed = claimed
    } catch (error) {
      log.error({ error }, 'The outbox could not be read or marked.')
      return { ...result, published: 0, brokerFailure: reasonIn(error) }
    }
    return result
  }

  async function publishRows(rows: OutboxRow[], result: PageResult): Promise<PublishedPage> {
    const page: PublishedPage = { publishedIds: [], failed: [] }
    const valid: { row: OutboxRow; envelope: Envelope }[] = []
    for (const row of rows) {
      try {
        valid.push({ row, envelope: toEnvelope(row) })
      } catch (error) {
        noteBadRow(row, reasonIn(error), page)
      }
    }
    const outcomes = valid.length === 0 ? [] : await transport.publish(valid.map(({ envelope }) => envelope))
    valid.forEach(({ row }, i) => {
      const outcome = outcomes[i] ?? { kind: 'failed', cause: 'broker', reason: 'the transport answered no outcome' }
      if (outcome.kind === 'confirmed') page.publishedIds.push(row.id)
      else if (outcome.cause === 'message') noteBadRow(row, outcome.reason, page)
      else {
        result.brokerFailure ??= outcome.reason
        page.failed.push({ id: row.id, reason: outcome.reason })
      }
    })
    return page
  }

  /** Noted once for each row and process, so that a row that waits for a person is neither logged nor written at each sweep. */
  function noteBadRow(row: OutboxRow, reason: string, page: PublishedPage) {
    if (noted.has(row.id)) return
    if (noted.size < 10_000) noted.add(row.id)
    const facts = { outboxId: row.id, messageId: row.messageId, name: row.name, reason }
    log.error(facts, 'An outbox row cannot be published; it stays and is passed by.')
    page.failed.push({ id: row.id, reason })
  }

  const running = run()

  return {
    wake: () => alarm.ring(),
    async stop() {
      stopping = true
      alarm.ring()
      pauseEnd.ring()
      await running
    },
  }
}

function toEnvelope(row: OutboxRow): Envelope {
  return parseEnvelope({
    id: row.messageId,
    name: row.name,
    payload: row.payload,
    occurredAt: row.occurredAt.toISOString(),
    requestId: row.requestId,
    traceparent: row.traceparent,
  })
}
