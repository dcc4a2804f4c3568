import { isStaff, ownedBy } from '@ev/application'
import { kyc } from '@ev/db'
import { DomainError } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { pageView } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { papersQuery } from './identity-fields.ts'
import { kycView, papersEntryView, toKycView, toPapersEntryView } from './kyc.view.ts'

export const showKycRoute = defineRoute({
  method: 'get',
  path: '/users/kyc/',
  summary: 'Your identity check; for staff the queue of all',
  description: [
    'A member gets their own identity check as an object, or 404 before the first submission.',
    'Staff and admins get a list without identity data, oldest first, filtered by `status` and `user`; `GET /users/kyc/{id}/` shows one.',
  ].join(' '),
  access: 'member',
  request: { query: papersQuery },
  response: { status: 200, body: z.union([kycView, pageView(papersEntryView)]) },
  refusals: ['kyc.not_found'],
  async handle({ db }, { actor, query, request: { url } }) {
    if (isStaff(actor)) {
      const filter = { ownedBy: ownedBy(actor), userId: query.user, status: query.status }
      const orderBy = query.ordering
      return answerPage({ query, url }, (page) => kyc.list(db.read, filter, { ...page, orderBy }), toPapersEntryView)
    }
    const own = await kyc.findOfUser(db.read, actor.userId)
    if (!own) throw new DomainError('kyc.not_found')
    return toKycView(own)
  },
})
