import { readKycFile } from '@ev/application'
import { kycFileNames } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { paperDownload, paperTypes } from './identity-fields.ts'

export const getKycFileRoute = defineRoute({
  method: 'get',
  path: '/users/kyc/{id}/files/{name}/',
  summary: 'One file of an identity check',
  description: 'For the member and for staff, whose look is remembered in the audit log. There is no public address.',
  access: 'member',
  request: { params: z.object({ id: entityId, name: z.enum(kycFileNames) }) },
  response: { status: 200, file: paperTypes },
  refusals: ['kyc.not_found', 'kyc.file_not_found'],
  async handle(deps, { actor, params: { id, name } }) {
    return paperDownload(await readKycFile(deps, { actor, kycId: id, name }), { name: `kyc-${id}-${name}` })
  },
})
