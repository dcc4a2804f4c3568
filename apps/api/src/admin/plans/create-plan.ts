import { createPlan } from '@ev/application'
import { plans } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../../define-route.ts'
import { instant, textLine } from '../../http/index.ts'
import { planChangeBody, planView, toPlanChange, toPlanView } from './plan.view.ts'

export const createPlanRoute = defineRoute({
  method: 'post',
  path: '/admin/plans/',
  summary: 'Make a new version of the plan',
  description:
    'For superusers. Settings that are left out are those of the plan in effect when the new one begins: at once, or from `effective_from` on. Nothing that was decided before changes. A version that was announced by mistake is replaced by another one that begins at the same moment.',
  access: 'admin',
  idempotent: 'money',
  request: {
    body: z.strictObject({
      effective_from: instant.optional(),
      settings: planChangeBody.meta({ description: 'What changes; the rest stays.' }),
      reason: textLine(500),
    }),
  },
  response: { status: 201, body: planView, description: 'Made.' },
  refusals: ['auth.forbidden', 'plan.not_found'],
  async handle(deps, { actor, body, idempotency, setReplayed }) {
    const { value: record, replayed } = await createPlan(deps, {
      actor,
      idempotency,
      plan: {
        effectiveFrom: body.effective_from ?? null,
        change: toPlanChange(body.settings),
        reason: body.reason,
      },
    })
    if (replayed) setReplayed()
    const now = deps.clock.now()
    const { version: currentVersion } = await plans.current(deps.db.read, now)
    return toPlanView(record, { now, currentVersion })
  },
})
