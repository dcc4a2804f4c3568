import {
  cleanUp,
  creditHeldCommissions,
  type Deps,
  expireBookings,
  followTransfers,
  markOverdue,
  startMonth,
  takeUpPlan,
} from '@ev/application'
import { creditHeld } from '../model/commissions.ts'
import { takeUpPlan as expectPlanTakenUp, expire, follow } from '../model/schedules.ts'
import type { Model } from '../model/state.ts'
import type { SimulatedPlatform } from '../platform.ts'

/** The work that the clock calls for, with what the model makes of it. */
type Schedule = {
  readonly name: string
  run(deps: Deps): Promise<unknown>
  expect?(model: Model, now: Date, platform: SimulatedPlatform): void
}

export const schedules: readonly Schedule[] = [
  { name: 'expire-bookings', run: expireBookings, expect: expire },
  { name: 'start-month', run: startMonth },
  { name: 'take-up-plan', run: takeUpPlan, expect: expectPlanTakenUp },
  {
    name: 'follow-transfers',
    run: followTransfers,
    expect: (model, now, { bank }) => follow(model, (id) => bank.answeredNow(`payout-${id}`), now),
  },
  { name: 'mark-overdue', run: markOverdue },
  { name: 'credit-held-commissions', run: creditHeldCommissions, expect: creditHeld },
  { name: 'clean-up', run: cleanUp },
]
