import { DomainError } from '@ev/domain'
import { z } from 'zod'
import { catalogue, isMessageName, type MessageName, type Payload } from './catalogue.ts'
import { type HandlerName, type MessagesOf, takes } from './handler-catalogue.ts'

/**
 * A message as it travels. `id` is a UUID and the same in every copy; `occurredAt` is an ISO 8601 instant in UTC;
 * `requestId` and `traceparent` lead back to the request that caused it.
 */
export type Envelope<N extends MessageName = MessageName> = N extends MessageName
  ? {
      readonly id: string
      readonly name: N
      readonly payload: Payload<N>
      readonly occurredAt: string
      readonly requestId: string | null
      readonly traceparent: string | null
    }
  : never

/** The envelopes that handler `H` can be given. */
export type EnvelopeOf<H extends HandlerName> = Envelope<MessagesOf<H>>

const frame = z.object({
  id: z.uuid(),
  name: z.string().max(100),
  payload: z.unknown(),
  occurredAt: z.iso.datetime(),
  requestId: z.string().max(128).nullable(),
  traceparent: z.string().max(55).nullable(),
})

/** Parses what came off the wire or out of the outbox. Refuses `message.invalid` with the message's id and name, where they can be read, and the place of the mistake. */
export function parseEnvelope(value: unknown): Envelope {
  const framed = frame.safeParse(value)
  if (!framed.success) throw invalid('?', '?', framed.error)
  const { id, name } = framed.data
  if (!isMessageName(name))
    throw new DomainError('message.invalid', { messageId: id, name, problem: 'unknown message name' })
  const payload = catalogue[name].safeParse(framed.data.payload)
  if (!payload.success) throw invalid(id, name, payload.error)
  // The payload was parsed by the schema of this very name, a link between two properties that the compiler cannot follow.
  return { ...framed.data, name, payload: payload.data } as Envelope
}

/** Parses the text of a delivery for one handler. Refuses `message.invalid`, also for a message that the handler does not take. */
export function parseDelivery<H extends HandlerName>(handler: H, raw: string): EnvelopeOf<H> {
  const envelope = parseEnvelope(fromJson(raw))
  if (!isFor(handler, envelope)) {
    throw new DomainError('message.invalid', {
      messageId: envelope.id,
      name: envelope.name,
      problem: `${handler} does not take it`,
    })
  }
  return envelope
}

function isFor<H extends HandlerName>(handler: H, envelope: Envelope): envelope is EnvelopeOf<H> & Envelope {
  return takes(handler, envelope.name)
}

function fromJson(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    throw new DomainError('message.invalid', { messageId: '?', name: '?', problem: 'not JSON' })
  }
}

function invalid(messageId: string, name: string, error: z.ZodError): DomainError {
  const problem = error.issues.map((issue) => `${issue.path.join('.') || 'envelope'}: ${issue.message}`).join('; ')
  return new DomainError('message.invalid', { messageId, name, problem })
}
