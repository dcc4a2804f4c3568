import { reviewNominee } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId, instant } from '../http/index.ts'
import { rejectionBody } from '../kyc/identity-fields.ts'
import { nomineeView, toNomineeView } from './nominee.view.ts'

/** `submitted_at` of the nominee that was looked at: a review of one who was replaced meanwhile is refused. */
const seen = { submitted_at: instant.nullish() }

export const approveNomineeRoute = defineRoute({
  method: 'post',
  path: '/users/nominee/{id}/approve/',
  summary: 'Approve a pending nominee',
  description: [
    'Never one’s own, nor that of an account that one made. An approved nominee is read-only.',
    'Send `submitted_at` as it was shown to be sure that the nominee was not replaced meanwhile.',
  ].join(' '),
  access: 'staff',
  request: { params: z.object({ id: entityId }), body: z.object(seen) },
  response: { status: 200, body: nomineeView },
  refusals: [
    'nominee.not_found',
    'nominee.self_review',
    'nominee.transition_refused',
    'nominee.replaced',
    'nominee.is_member',
  ],
  async handle(deps, { actor, params, body }) {
    const verdict = { status: 'approved' } as const
    const seenSubmission = body.submitted_at ?? null
    return toNomineeView(await reviewNominee(deps, { actor, nomineeId: params.id, verdict, seenSubmission }))
  },
})

export const rejectNomineeRoute = defineRoute({
  method: 'post',
  path: '/users/nominee/{id}/reject/',
  summary: 'Reject a pending nominee',
  description: 'The member reads the reason and may name another.',
  access: 'staff',
  request: { params: z.object({ id: entityId }), body: rejectionBody.extend(seen) },
  response: { status: 200, body: nomineeView },
  refusals: ['nominee.not_found', 'nominee.self_review', 'nominee.transition_refused', 'nominee.replaced'],
  async handle(deps, { actor, params, body }) {
    const verdict = { status: 'rejected', reason: body.reason } as const
    const seenSubmission = body.submitted_at ?? null
    return toNomineeView(await reviewNominee(deps, { actor, nomineeId: params.id, verdict, seenSubmission }))
  },
})
