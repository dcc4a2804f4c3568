import { countUnpublished, type OutboxMessageRow, oldestUnpublishedAgeMs, outboxMessages } from '@ev/db'
import { redactText } from '@ev/runtime'
import { z } from 'zod'
import { defineRoute } from '../../define-route.ts'
import { instant, pageQuery, pageView, queryFlag } from '../../http/index.ts'
import { answerPage } from '../../lists.ts'
import { plainFacts, toPlainFacts } from '../plain-facts.ts'

const messageView = z.object({
  id: z.int(),
  message_id: z.uuid().meta({ description: 'The same in every copy of the message.' }),
  name: z.string().meta({ description: 'What happened, noun and past participle.', examples: ['payment.completed'] }),
  payload: plainFacts.meta({ description: 'The ids of what it is about.' }),
  created_at: instant,
  published_at: instant.nullable().meta({ description: 'When the broker had it safe; null before.' }),
  attempts: z.int().meta({ description: 'How often publishing it was tried.' }),
  last_error: z.string().nullable().meta({ description: 'Why publishing failed the last time.' }),
  request_id: z.string().nullable(),
})

function toMessageView(row: OutboxMessageRow): z.output<typeof messageView> {
  return {
    id: row.id,
    message_id: row.messageId,
    name: row.name,
    payload: toPlainFacts(row.payload),
    created_at: row.createdAt,
    published_at: row.publishedAt,
    attempts: row.attempts,
    last_error: row.lastError === null ? null : redactText(row.lastError),
    request_id: row.requestId,
  }
}

export const listOutboxRoute = defineRoute({
  method: 'get',
  path: '/admin/outbox/',
  summary: 'Messages that were written, newest first',
  description:
    'Each was written in the transaction of the change it tells of. Those that are published are kept for some days.',
  access: 'admin',
  request: {
    query: pageQuery.extend({
      is_published: queryFlag.optional().meta({ description: 'Only those that the broker has, or has not.' }),
    }),
  },
  response: {
    status: 200,
    body: pageView(messageView).extend({
      unpublished_count: z.int().meta({ description: 'How many wait to be published.' }),
      oldest_unpublished_age_seconds: z.number().nullable().meta({
        description: 'For how long the oldest of them has waited; null when none waits.',
      }),
    }),
  },
  refusals: [],
  async handle({ db, clock }, { query, request: { url } }) {
    const [page, unpublished, ageMs] = await Promise.all([
      answerPage(
        { query, url },
        (bounds) => outboxMessages(db.read, { isPublished: query.is_published }, bounds),
        toMessageView,
      ),
      countUnpublished(db.read),
      oldestUnpublishedAgeMs(db.read, clock.now()),
    ])
    return {
      ...page,
      unpublished_count: unpublished,
      oldest_unpublished_age_seconds: ageMs === null ? null : ageMs / 1_000,
    }
  },
})
