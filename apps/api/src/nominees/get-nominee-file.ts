import { readNomineeFile } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { paperDownload, paperTypes } from '../kyc/identity-fields.ts'

export const getNomineeFileRoute = defineRoute({
  method: 'get',
  path: '/users/nominee/{id}/files/id_proof_document/',
  summary: 'The identity document of a nominee',
  description: 'For the member and for staff, whose look is remembered in the audit log. There is no public address.',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, file: paperTypes },
  refusals: ['nominee.not_found', 'nominee.file_not_found'],
  async handle(deps, { actor, params: { id } }) {
    return paperDownload(await readNomineeFile(deps, { actor, nomineeId: id }), { name: `nominee-${id}` })
  },
})
