import { reviewKyc } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { rejectionBody } from './identity-fields.ts'
import { kycView, toKycView } from './kyc.view.ts'

const refusals = ['kyc.not_found', 'kyc.self_review', 'kyc.transition_refused'] as const

export const approveKycRoute = defineRoute({
  method: 'post',
  path: '/users/kyc/{id}/approve/',
  summary: 'Approve a pending identity check',
  description: 'Never one’s own, nor that of an account that one made. An approved identity check is read-only.',
  access: 'staff',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: kycView },
  refusals,
  handle: async (deps, { actor, params }) =>
    toKycView(await reviewKyc(deps, { actor, kycId: params.id, verdict: { status: 'approved' } })),
})

export const rejectKycRoute = defineRoute({
  method: 'post',
  path: '/users/kyc/{id}/reject/',
  summary: 'Reject a pending identity check',
  description: 'The member reads the reason and may submit again.',
  access: 'staff',
  request: { params: z.object({ id: entityId }), body: rejectionBody },
  response: { status: 200, body: kycView },
  refusals,
  handle: async (deps, { actor, params, body }) =>
    toKycView(await reviewKyc(deps, { actor, kycId: params.id, verdict: { status: 'rejected', reason: body.reason } })),
})
