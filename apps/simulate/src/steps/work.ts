import { type Schedule, type ScheduleName, scheduleCatalogue } from '@ev/worker'
import { creditHeld } from '../model/commissions.ts'
import { takeUpPlan as expectPlanTakenUp, expire, follow } from '../model/schedules.ts'
import type { Model } from '../model/state.ts'
import type { SimulatedPlatform } from '../platform.ts'

type Expect = (model: Model, now: Date, platform: SimulatedPlatform) => void

const changesNothing: Expect = () => {}

/** What the model makes of each schedule. Verifying is the simulation's own, after every life. */
const expectations: Record<Exclude<ScheduleName, 'verify-ledger'>, Expect> = {
  'expire-bookings': expire,
  'start-month': changesNothing,
  'take-up-plan': expectPlanTakenUp,
  'follow-transfers': (model, now, { bank }) => follow(model, (id) => bank.answeredNow(`payout-${id}`), now),
  'mark-overdue': changesNothing,
  'credit-held-commissions': creditHeld,
  'clean-up': changesNothing,
  'sweep-files': changesNothing,
}

/** The work that the clock calls for, with what the model makes of it. */
export const schedules: readonly (Pick<Schedule, 'name' | 'run'> & { readonly expect: Expect })[] =
  scheduleCatalogue.flatMap((schedule) =>
    schedule.name === 'verify-ledger' ? [] : [{ ...schedule, expect: expectations[schedule.name] }],
  )
