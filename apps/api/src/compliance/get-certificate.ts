import { companyOf, issueCertificate, readApprovedPans } from '@ev/application'
import { users } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { paper } from '../documents/paper.ts'
import { entityId } from '../http/index.ts'
import { certificatePaper } from './certificate.ts'

export const getCertificateRoute = defineRoute({
  method: 'get',
  path: '/compliance/tds/{id}/certificate.pdf',
  summary: 'The certificate of tax deducted in a financial year',
  description:
    'The first call gives the record its certificate number, which stays. The PAN is shown in full to the member it belongs to and masked to admins.',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, file: 'application/pdf' },
  refusals: ['tds.not_found'],
  async handle(deps, { actor, params }) {
    const record = await issueCertificate(deps, { actor, recordId: params.id })
    const user = await users.get(deps.db.read, record.userId)
    const pan = (await readApprovedPans(deps.db.read, deps, [user.id])).get(user.id) ?? null
    const content = await paper(
      certificatePaper({
        record,
        user,
        company: await companyOf(deps.db.read),
        pan,
        isForOwner: actor.userId === user.id,
        now: deps.clock.now(),
      }),
    )
    return { content, filename: `${record.certificateNumber}.pdf` }
  },
})
