import { listParkedMessages } from '@ev/application'
import { handlerNames, type ParkedMessage } from '@ev/messaging'
import { redactText } from '@ev/runtime'
import { z } from 'zod'
import { defineRoute } from '../../define-route.ts'
import { plainFacts, toPlainFacts } from '../plain-facts.ts'

export const handlerField = z.enum(handlerNames as [(typeof handlerNames)[number], ...typeof handlerNames]).meta({
  description: 'Who takes the message; also the name of its queue.',
})

const listedAtMost = 100

const parkedView = z.object({
  id: z.string().meta({ description: 'Names the message to `retry/`.' }),
  handler: handlerField,
  name: z.string().nullable().meta({ description: 'What happened; null for a message that cannot be read.' }),
  message_id: z.string().nullable(),
  payload: plainFacts.nullable().meta({ description: 'The ids of what it is about.' }),
  occurred_at: z.string().nullable().meta({ description: 'When it happened.' }),
  raw: z.string().nullable().meta({ description: 'The text as it came, where it cannot be read.' }),
  reason: z.string().meta({ description: 'Why it was put aside.' }),
  attempt: z.int().meta({ description: 'The attempt that ended here.' }),
})

const longestRaw = 1_000

function toParkedView({ id, handler, envelope, raw, reason, attempt }: ParkedMessage): z.output<typeof parkedView> {
  return {
    id,
    handler,
    name: envelope?.name ?? null,
    message_id: envelope?.id ?? null,
    payload: envelope ? toPlainFacts(envelope.payload) : null,
    occurred_at: envelope?.occurredAt ?? null,
    raw: envelope ? null : redactText(raw.slice(0, longestRaw)),
    reason: redactText(reason),
    attempt,
  }
}

export const listParkedRoute = defineRoute({
  method: 'get',
  path: '/admin/parked/',
  summary: 'Messages that were put aside',
  description: `Messages that their handler could not handle after all its attempts, or that are not valid. At most ${listedAtMost} are shown.`,
  access: 'admin',
  request: { query: z.object({ handler: handlerField.optional() }) },
  response: {
    status: 200,
    body: z.object({
      count: z.int(),
      handlers: z
        .array(z.object({ handler: handlerField, count: z.int() }))
        .meta({ description: 'How many are parked for each handler.' }),
      results: z.array(parkedView),
    }),
  },
  refusals: [],
  async handle({ transport }, { query }) {
    const handler = query.handler ?? null
    const { counts, messages } = await listParkedMessages(transport, { handler, limit: listedAtMost })
    const handlers = handlerNames.map((name) => ({ handler: name, count: counts[name] }))
    const wanted = handlers.filter((entry) => handler === null || entry.handler === handler)
    return {
      count: wanted.reduce((sum, { count }) => sum + count, 0),
      handlers,
      results: messages.map(toParkedView),
    }
  },
})
