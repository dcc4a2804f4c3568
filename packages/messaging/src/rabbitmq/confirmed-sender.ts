import type { ConfirmChannel, Options } from 'amqplib'
import { reasonIn } from '../outcome.ts'
import type { PublishOutcome } from '../transport.ts'

export type Parcel = {
  /** Empty for the default exchange, whose routing key is the name of a queue. */
  readonly exchange: string
  readonly routingKey: string
  readonly content: Buffer
  readonly messageId: string
  readonly headers: Readonly<Record<string, string | number>>
}

/** Publishes persistently and mandatorily; resolves when the broker has it safe or refuses it. Never rejects. */
export type Send = (parcel: Parcel) => Promise<PublishOutcome>

/**
 * The sender of one confirm channel. Many parcels may be in flight. RabbitMQ confirms a message that no queue took, after
 * it has returned it; the two are brought together by a number of our own in the correlation id.
 */
export function confirmedSender(channel: ConfirmChannel, { timeoutMs }: { readonly timeoutMs: number }): Send {
  const returned = new Map<string, string>()
  let sent = 0

  channel.on('return', (message) => {
    returned.set(String(message.properties.correlationId), `no queue for ${message.fields.routingKey}`)
  })

  return (parcel) =>
    new Promise((resolve) => {
      sent += 1
      const correlationId = String(sent)
      const late = setTimeout(() => resolve(failed('broker', `not confirmed within ${timeoutMs} ms`)), timeoutMs)
      const settle = (outcome: PublishOutcome) => {
        clearTimeout(late)
        returned.delete(correlationId)
        resolve(outcome)
      }
      try {
        channel.publish(
          parcel.exchange,
          parcel.routingKey,
          parcel.content,
          optionsOf(parcel, correlationId),
          (error: unknown) => {
            const unroutable = returned.get(correlationId)
            if (error !== null) settle(failed('broker', reasonIn(error)))
            else settle(unroutable === undefined ? { kind: 'confirmed' } : failed('message', unroutable))
          },
        )
      } catch (error) {
        settle(failed('broker', reasonIn(error)))
      }
    })
}

function optionsOf({ messageId, headers }: Parcel, correlationId: string): Options.Publish {
  return { mandatory: true, persistent: true, contentType: 'application/json', messageId, correlationId, headers }
}

function failed(cause: 'broker' | 'message', reason: string): PublishOutcome {
  return { kind: 'failed', cause, reason }
}
