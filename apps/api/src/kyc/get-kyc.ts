import { readKyc } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { kycView, toKycView } from './kyc.view.ts'

export const getKycRoute = defineRoute({
  method: 'get',
  path: '/users/kyc/{id}/',
  summary: 'One identity check',
  description: 'Your own; staff see everyone’s, and the audit log remembers that they looked.',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: kycView },
  refusals: ['kyc.not_found'],
  handle: async (deps, { actor, params }) => toKycView(await readKyc(deps, { actor, kycId: params.id })),
})
