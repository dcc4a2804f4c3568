import { isStaff, ownedBy } from '@ev/application'
import { nominees } from '@ev/db'
import { DomainError } from '@ev/domain'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { pageView } from '../http/index.ts'
import { papersQuery } from '../kyc/identity-fields.ts'
import { papersEntryView, toPapersEntryView } from '../kyc/kyc.view.ts'
import { answerPage } from '../lists.ts'
import { nomineeView, toNomineeView } from './nominee.view.ts'

export const showNomineeRoute = defineRoute({
  method: 'get',
  path: '/users/nominee/',
  summary: 'Your nominee; for staff the queue of all',
  description: [
    'A member gets their own nominee as an object, or 404 before there is one.',
    'Staff and admins get a list without identity data, oldest first, filtered by `status` and `user`; `GET /users/nominee/{id}/` shows one.',
  ].join(' '),
  access: 'member',
  request: { query: papersQuery },
  response: { status: 200, body: z.union([nomineeView, pageView(papersEntryView)]) },
  refusals: ['nominee.not_found'],
  async handle({ db }, { actor, query, request: { url } }) {
    if (isStaff(actor)) {
      const filter = { ownedBy: ownedBy(actor), userId: query.user, status: query.status }
      const orderBy = query.ordering
      return answerPage(
        { query, url },
        (page) => nominees.list(db.read, filter, { ...page, orderBy }),
        toPapersEntryView,
      )
    }
    const own = await nominees.findOfUser(db.read, actor.userId)
    if (!own) throw new DomainError('nominee.not_found')
    return toNomineeView(own)
  },
})
