import { setImmediate as everythingElse } from 'node:timers/promises'
import type { ConfirmChannel } from 'amqplib'
import { createAlarm } from '../alarm.ts'
import { createInHand } from '../in-hand.ts'
import { reasonIn } from '../outcome.ts'
import type { Log } from '../transport.ts'
import type { Connection } from './connection.ts'

/** A channel that is opened anew whenever it, or its connection, is lost. `T` is what the setup makes of each channel. */
export type KeptChannel<T> = {
  /** What the setup made of the open channel; null while there is none. */
  current(): T | null
  /** Why there is none, for people. */
  trouble(): string | null
  /** Closes for good; the broker takes back what was not settled. */
  close(): Promise<void>
}

export type KeptChannelOptions<T> = {
  readonly connection: Connection
  readonly name: string
  readonly log: Log
  readonly delayMs: (failures: number) => number
  /** The least pause where only the channel was lost and not its connection. */
  readonly redeclareAfterMs: number
  /** Declares what the channel needs and starts what runs on it. `reset` ends the channel, for a reason, and lets a new one begin. */
  readonly setup: (channel: ConfirmChannel, reset: (reason: string) => void) => Promise<T>
}

/** A broker that is silent gets so long to answer a close. */
const farewellMs = 2_000

/**
 * A channel that ends while its connection lives has mostly met a queue or an exchange that was deleted. It is left alone for a moment, so that
 * the broker can tell every consumer of it: RabbitMQ moves a consumer that it has not told yet over to a queue declared anew under the
 * old name, and gives it messages that never arrive and are nobody else's until its channel ends.
 */
export function keepChannel<T>(options: KeptChannelOptions<T>): KeptChannel<T> {
  const { connection, name, log, delayMs, redeclareAfterMs, setup } = options
  const alarm = createAlarm()
  let current: T | null = null
  let open: ConfirmChannel | null = null
  let trouble: string | null = 'not opened yet'
  let stopping = false

  async function run() {
    let failures = 0
    while (!stopping) {
      const model = await connection.opened()
      if (model === null || stopping) return
      try {
        open = await model.createConfirmChannel()
        const ended = endOf(open)
        current = await setup(open, resetOf(open))
        failures = 0
        trouble = null
        if (stopping) closeQuietly(open)
        trouble = await ended
      } catch (error) {
        trouble = reasonIn(error)
        if (open !== null) closeQuietly(open)
      }
      current = null
      open = null
      if (stopping) return
      failures += 1
      log.warn({ channel: name, failures, reason: trouble }, 'A channel was lost and is opened again.')
      // A connection that was lost is known to be so only after its channels.
      await everythingElse()
      const leastMs = connection.current() === null ? 0 : redeclareAfterMs
      await alarm.wait(Math.max(delayMs(failures), leastMs))
    }
  }

  function resetOf(channel: ConfirmChannel) {
    return (reason: string) => {
      log.warn({ channel: name, reason }, 'A channel is given up.')
      closeQuietly(channel)
    }
  }

  const running = run()

  return {
    current: () => current,
    trouble: () => trouble,
    async close() {
      stopping = true
      alarm.ring()
      if (open !== null) closeQuietly(open)
      const closing = createInHand()
      closing.add(running)
      await closing.drain(farewellMs)
    },
  }
}

/** Resolves with the reason when the channel has ended. Attached at once: an `error` event nobody listens to ends the process. */
export function endOf(channel: ConfirmChannel): Promise<string> {
  let reason = 'the channel was closed'
  return new Promise((resolve) => {
    channel.on('error', (error) => {
      reason = reasonIn(error)
    })
    channel.on('handler-error', (error) => {
      reason = reasonIn(error)
    })
    channel.on('close', () => resolve(reason))
  })
}

/** Closes a channel that may be closed already, which the library answers with an error. */
export function closeQuietly(channel: ConfirmChannel): void {
  channel.close().catch(() => {})
}
