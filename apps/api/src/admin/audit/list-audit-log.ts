import { audit } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../../define-route.ts'
import { createdQuery } from '../../fields.ts'
import { cursorQuery, entityId, instant, pageOrCursorView, textLine } from '../../http/index.ts'
import { answerLedger } from '../../lists.ts'
import { plainFacts, toPlainFacts } from '../plain-facts.ts'

const auditLineView = z.object({
  id: z.int(),
  actor: z.int().nullable().meta({ description: 'Who did it; null for the platform itself and for unknown callers.' }),
  action: z.string().meta({ description: 'What was done, noun and past participle.', examples: ['kyc.approved'] }),
  subject_type: z.string(),
  subject_id: z.string(),
  details: plainFacts.meta({ description: 'Facts of the case. Never secrets or identity numbers.' }),
  ip_address: z.string().nullable(),
  request_id: z.string().nullable(),
  created_at: instant,
  hash: z.string().meta({ description: 'SHA-256 of this line together with the hash of the line before.' }),
  is_intact: z.boolean().meta({ description: 'Whether the line still is what its hash says.' }),
})

function toAuditLineView(row: audit.AuditRow): z.output<typeof auditLineView> {
  return {
    id: row.id,
    actor: row.actorId,
    action: row.action,
    subject_type: row.subjectType,
    subject_id: row.subjectId,
    details: toPlainFacts(row.details),
    ip_address: row.ipAddress,
    request_id: row.requestId,
    created_at: row.createdAt,
    hash: row.hash,
    is_intact: audit.isIntact(row),
  }
}

const auditQuery = cursorQuery.extend({
  actor: entityId.optional(),
  action: textLine(100).optional(),
  subject_type: textLine(50).optional(),
  subject_id: textLine(100).optional(),
  ...createdQuery,
})

export const listAuditLogRoute = defineRoute({
  method: 'get',
  path: '/admin/audit-log/',
  summary: 'The audit log',
  description:
    'Newest first: what admins and staff did, and every caller who was refused. Lines form a chain by their hashes; `verify/` follows it.',
  access: 'admin',
  request: { query: auditQuery },
  response: { status: 200, body: pageOrCursorView(auditLineView) },
  refusals: [],
  handle({ db }, { query, request: { url } }) {
    const filter: audit.AuditFilter = {
      actorId: query.actor,
      action: query.action,
      subjectType: query.subject_type,
      subjectId: query.subject_id,
      createdAfter: query.created_after,
      createdBefore: query.created_before,
    }
    return answerLedger(
      { query, url },
      {
        list: (page) => audit.list(db.read, filter, page),
        listBefore: (page) => audit.listBefore(db.read, filter, page),
      },
      toAuditLineView,
    )
  },
})
