import { choosePlacement } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { placementPreference } from './node.view.ts'

const preference = z.object({ placement_preference: placementPreference })

export const choosePlacementRoute = defineRoute({
  method: 'patch',
  path: '/binary/nodes/my_tree/',
  summary: 'Choose the leg in which your new direct referrals are placed',
  access: 'member',
  request: { body: preference },
  response: { status: 200, body: preference },
  refusals: [],
  async handle(deps, { actor, body }) {
    const user = await choosePlacement(deps, { userId: actor.userId, preference: body.placement_preference })
    return { placement_preference: user.placementPreference }
  },
})
