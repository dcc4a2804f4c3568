import { plans } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../../define-route.ts'
import { entityId } from '../../http/index.ts'
import { planView, toPlanView } from './plan.view.ts'

export const getPlanRoute = defineRoute({
  method: 'get',
  path: '/admin/plans/{version}/',
  summary: 'One version of the plan',
  access: 'admin',
  request: {
    params: z.object({ version: entityId.meta({ description: 'The number of the version.', examples: [1] }) }),
  },
  response: { status: 200, body: planView },
  refusals: ['plan.not_found'],
  async handle({ db, clock }, { params }) {
    const now = clock.now()
    const { version: currentVersion } = await plans.current(db.read, now)
    return toPlanView(await plans.record(db.read, params.version), { now, currentVersion })
  },
})

export const getCurrentPlanRoute = defineRoute({
  method: 'get',
  path: '/admin/plans/current/',
  summary: 'The plan in effect',
  access: 'admin',
  request: {},
  response: { status: 200, body: planView },
  refusals: ['plan.not_found'],
  async handle({ db, clock }) {
    const now = clock.now()
    const record = await plans.currentRecord(db.read, now)
    return toPlanView(record, { now, currentVersion: record.plan.version })
  },
})
