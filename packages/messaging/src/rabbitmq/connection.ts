import { type ChannelModel, connect } from 'amqplib'
import { createAlarm } from '../alarm.ts'
import { reasonIn } from '../outcome.ts'
import type { Log, TransportHealth } from '../transport.ts'

/** One connection to RabbitMQ that comes back by itself until it is closed. */
export type Connection = {
  /** The open connection; waits for it. Null once this was closed. */
  opened(): Promise<ChannelModel | null>
  /** The open connection, or null while there is none. */
  current(): ChannelModel | null
  health(): TransportHealth
  close(): Promise<void>
}

export type ConnectionOptions = {
  /** `amqp://user:password@host:port/vhost`; never logged. */
  readonly url: string
  /** Two silent intervals end the connection. */
  readonly heartbeatSeconds: number
  readonly connectTimeoutMs: number
  /** Milliseconds before the next attempt, given how many failed in a row. */
  readonly delayMs: (failures: number) => number
  readonly log: Log
}

/** A broker that is silent gets so long to answer a close. */
const farewellMs = 2_000

/**
 * Keeps a connection. The library has a recovery of its own, but it listens for errors only after its setup has run:
 * a socket that dies during the setup would end the process, and one that dies just after it would go unnoticed.
 */
export function keepConnection({
  url,
  heartbeatSeconds,
  connectTimeoutMs,
  delayMs,
  log,
}: ConnectionOptions): Connection {
  const address = withHeartbeat(url, heartbeatSeconds)
  const alarm = createAlarm()
  const waiting = new Set<(model: ChannelModel | null) => void>()
  let model: ChannelModel | null = null
  let trouble: string | null = 'not connected yet'
  let socket = new AbortController()
  let stopping = false

  async function run() {
    let failures = 0
    while (!stopping) {
      socket = new AbortController()
      try {
        const opened = await openConnection(address, connectTimeoutMs, socket.signal)
        failures = 0
        await serve(opened)
      } catch (error) {
        trouble = reasonIn(error)
      } finally {
        // After a heartbeat timeout the library leaves the socket half open, waiting for an answer that may never come.
        socket.abort()
      }
      if (stopping) break
      failures += 1
      const pauseMs = delayMs(failures)
      log.warn({ failures, pauseMs, reason: trouble }, 'RabbitMQ is not connected.')
      await alarm.wait(pauseMs)
    }
    announce(null)
  }

  /** Resolves when this connection has ended. */
  async function serve({ opened, ended }: OpenedConnection) {
    opened.on('blocked', (reason) => {
      trouble = `blocked by the broker: ${reason}`
      log.warn({ reason }, 'RabbitMQ takes no messages for now.')
    })
    opened.on('unblocked', () => {
      trouble = null
    })
    trouble = null
    model = opened
    log.info({}, 'RabbitMQ is connected.')
    announce(opened)
    if (stopping) opened.close().catch(() => {})
    trouble = await ended
    model = null
  }

  function announce(to: ChannelModel | null) {
    for (const resolve of waiting) resolve(to)
    waiting.clear()
  }

  const running = run()

  return {
    async opened() {
      if (stopping) return null
      return model ?? new Promise((resolve) => waiting.add(resolve))
    },
    current: () => model,
    health: () => (trouble === null ? { state: 'up' } : { state: 'down', detail: trouble }),
    async close() {
      stopping = true
      alarm.ring()
      announce(null)
      if (model === null) socket.abort()
      // A connection that has ended meanwhile refuses to be closed; that is as good.
      else model.close().catch(() => {})
      const farewell = setTimeout(() => socket.abort(), farewellMs)
      await running
      clearTimeout(farewell)
    },
  }
}

type OpenedConnection = { readonly opened: ChannelModel; readonly ended: Promise<string> }

async function openConnection(address: string, timeout: number, signal: AbortSignal): Promise<OpenedConnection> {
  const socketOptions = {
    timeout,
    signal,
    noDelay: true,
    keepAlive: true,
    clientProperties: { connection_name: 'ev-messaging' },
  }
  const opened = await connect(address, socketOptions)
  let reason = 'the connection was closed'
  const ended = new Promise<string>((resolve) => {
    opened.on('error', (error) => {
      reason = reasonIn(error)
    })
    opened.on('handler-error', (error) => {
      reason = reasonIn(error)
    })
    opened.on('close', () => resolve(reason))
  })
  return { opened, ended }
}

function withHeartbeat(url: string, seconds: number): string {
  const address = new URL(url)
  address.searchParams.set('heartbeat', String(seconds))
  return address.href
}
