import type { Deps } from '@ev/application'
import { notifications, sessions } from '@ev/db'
import { DomainError } from '@ev/domain'
import type { Response } from 'express'
import { type EventStream, openEventStream } from '../http/event-stream.ts'
import type { Actor } from '../http/index.ts'
import { createIdOrder } from './id-order.ts'

export type FeedOptions = {
  /** How often this process looks for new notifications while a stream is open: one look for all of its streams. */
  readonly pollMs: number
  /** How often it looks whether the sessions of the streams still hold. */
  readonly sessionCheckMs: number
  readonly heartbeatMs: number
  readonly perMember: number
  readonly perProcess: number
}

/** The pace of a running API. */
export const streamPace = { pollMs: 1_000, sessionCheckMs: 5_000, heartbeatMs: 15_000 } as const

/** How long a missing id holds back what follows it; a notification is written in a transaction of milliseconds. */
const gapPatienceMs = 2_000
const rowsALook = 500
/** What a resumed stream is sent at most before it ends; the client connects again and goes on from there. */
const mostReplayed = 500

/** How a notification is shown to its member. */
type Encode = (row: notifications.NotificationRow) => unknown

/** Writes new notifications to the open streams of this process, whichever process made them. */
export type NotificationFeed = {
  /**
   * Takes a place for one more stream; the function opens it on a response and gives the place back when it ends. `after` is the last
   * notification that the client has, or null to begin with what comes now. Refuses with `notification.too_many_streams`, or `service.unavailable`
   * when the process has no place for anyone or is closing.
   */
  admit(actor: Actor): (response: Response, stream: { after: number | null; encode: Encode }) => void
  /** Ends every stream and takes no more. */
  close(): Promise<void>
}

type OpenStream = {
  readonly actor: Actor
  readonly events: EventStream
  readonly encode: Encode
  /** Live notifications that came while older ones are being replayed; null once that is done. */
  waiting: notifications.NotificationRow[] | null
}

export function createNotificationFeed(
  { db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>,
  options: FeedOptions,
): NotificationFeed {
  const places = new Map<number, number>()
  const streams = new Set<OpenStream>()
  let taken = 0
  let isClosed = false
  let running: { readonly stop: () => Promise<void>; readonly position: () => Promise<number> } | null = null

  function admit(actor: Actor): ReturnType<NotificationFeed['admit']> {
    const own = places.get(actor.userId) ?? 0
    if (isClosed || taken >= options.perProcess) throw new DomainError('service.unavailable')
    if (own >= options.perMember) throw new DomainError('notification.too_many_streams', { limit: options.perMember })
    places.set(actor.userId, own + 1)
    taken += 1
    return (response, { after, encode }) => {
      let stream: OpenStream | null = null
      let hasEnded = false
      const events = openEventStream(response, {
        onClose() {
          hasEnded = true
          leave(actor)
          if (stream !== null && streams.delete(stream)) stopWhenIdle()
        },
      })
      if (hasEnded) return
      const opened: OpenStream = { actor, encode, events, waiting: [] }
      stream = opened
      streams.add(opened)
      running ??= run()
      running
        .position()
        .then((position) => replay(opened, { after, position }))
        .catch((error: unknown) => {
          log.warn({ err: error }, 'A stream of notifications could not begin')
          events.end()
        })
    }
  }

  function leave({ userId }: Actor): void {
    const rest = (places.get(userId) ?? 1) - 1
    if (rest > 0) places.set(userId, rest)
    else places.delete(userId)
    taken -= 1
  }

  function stopWhenIdle(): void {
    if (streams.size > 0) return
    void running?.stop()
    running = null
  }

  /** Sends what the client missed up to `position`, and then what came since. */
  async function replay(
    stream: OpenStream,
    { after, position }: { after: number | null; position: number },
  ): Promise<void> {
    const { userId } = stream.actor
    const missed =
      after === null
        ? []
        : await notifications.listAfter(db.read, { after, take: mostReplayed + 1, of: { userId, upTo: position } })
    for (const row of missed.slice(0, mostReplayed)) send(stream, row)
    if (missed.length > mostReplayed) {
      stream.events.end()
      return
    }
    const came = stream.waiting ?? []
    stream.waiting = null
    // Without a replay nothing that came since the stream was opened was sent yet.
    for (const row of came) if (after === null || row.id > position) send(stream, row)
  }

  function send({ events, encode }: OpenStream, row: notifications.NotificationRow): void {
    events.send({ id: row.id, event: 'notification', data: encode(row) })
  }

  /** Looks for new notifications and at the sessions until it is stopped. */
  function run() {
    const order = createIdOrder<notifications.NotificationRow>({ patienceMs: gapPatienceMs })
    let isStopped = false
    let timer: NodeJS.Timeout | undefined
    let position = 0
    let checkedAt = performance.now()
    const begun = notifications.newestId(db.read).then((id) => {
      position = id
    })
    const heart = setInterval(() => {
      for (const { events } of streams) events.beat()
    }, options.heartbeatMs)
    heart.unref()

    async function look(): Promise<void> {
      try {
        await begun
        if (performance.now() - checkedAt >= options.sessionCheckMs) {
          checkedAt = performance.now()
          await endThoseLoggedOut()
        }
        const rows = await notifications.listAfter(db.read, { after: position, take: rowsALook, of: null })
        if (isStopped) return
        const settled = order.take(rows, { after: position, nowMs: performance.now() })
        position = settled.at(-1)?.id ?? position
        for (const row of settled) deliver(row)
      } catch (error) {
        log.warn({ err: error }, 'New notifications could not be looked for')
      }
    }
    let looking: Promise<void> = Promise.resolve()
    const lookLater = () => {
      timer = setTimeout(() => {
        looking = look().then(() => {
          if (!isStopped) lookLater()
        })
      }, options.pollMs)
      timer.unref()
    }
    lookLater()
    return {
      async position() {
        await begun
        return position
      },
      async stop() {
        isStopped = true
        clearTimeout(timer)
        clearInterval(heart)
        await looking
        await begun.catch(() => {})
      },
    }
  }

  function deliver(row: notifications.NotificationRow): void {
    for (const stream of streams) {
      if (stream.actor.userId !== row.userId) continue
      if (stream.waiting === null) send(stream, row)
      else stream.waiting.push(row)
    }
  }

  async function endThoseLoggedOut(): Promise<void> {
    const now = clock.now()
    // Those that open meanwhile are not asked about.
    const asked = [...streams]
    const ids = [...new Set(asked.map(({ actor }) => actor.sessionId))]
    const live = new Map((await sessions.findLiveAmong(db.read, { ids, now })).map(({ id, role }) => [id, role]))
    for (const { actor, events } of asked) {
      if (actor.tokenExpiresAt <= now || live.get(actor.sessionId) !== actor.role) events.end()
    }
  }

  return {
    admit,
    async close() {
      isClosed = true
      const feed = running
      for (const { events } of [...streams]) events.end()
      await feed?.stop()
    },
  }
}
