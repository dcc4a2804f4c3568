import { plans } from '@ev/db'
import { defineRoute } from '../../define-route.ts'
import { pageQuery, pageView } from '../../http/index.ts'
import { answerPage } from '../../lists.ts'
import { planView, toPlanView } from './plan.view.ts'

export const listPlansRoute = defineRoute({
  method: 'get',
  path: '/admin/plans/',
  summary: 'Versions of the compensation plan',
  description: 'Newest first. A version is never changed; of two that begin at the same moment the later one counts.',
  access: 'admin',
  request: { query: pageQuery },
  response: { status: 200, body: pageView(planView) },
  refusals: ['plan.not_found'],
  async handle({ db, clock }, { query, request: { url } }) {
    const now = clock.now()
    const { version: currentVersion } = await plans.current(db.read, now)
    return answerPage(
      { query, url },
      (page) => plans.list(db.read, page),
      (row) => toPlanView(row, { now, currentVersion }),
    )
  },
})
