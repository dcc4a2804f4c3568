import { memberFigures, network, plans, settings, type Tx, users } from '@ev/db'
import { activeBuyer, type CompensationPlan } from '@ev/domain'
import { recountActiveBuyer } from '../bookings/active-buyer.ts'
import type { Deps } from '../deps.ts'
import { forEachRow } from '../maintenance/for-each-row.ts'
import { tellAll } from '../tell.ts'

/** The setting that says which plan the members were last counted by. */
const takenUpKey = 'plan_taken_up'

/**
 * When another plan has come into effect, counts again who is an Active Buyer: payments and refunds recount one member at a time, a plan
 * all of them. Whoever counts for pairs in another way than the plan wants is told of to the network worker. Answers how many members were
 * concerned. A member who could not be recounted is tried again at the next run.
 */
export async function takeUpPlan(deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>): Promise<number> {
  const { db, clock } = deps
  const plan = await plans.current(db.read, clock.now())
  if ((await takenUpVersion(deps)) === plan.version) return 0
  // Also under a plan that counts as the last one did: another may have come and gone in between.
  const ids = await differing(deps, plan)
  const work = (id: number) => db.transaction((tx) => recountOne(tx, deps, { id, plan })).then(() => true)
  const changed = await forEachRow(deps, { what: 'recount Active Buyer under a new plan', ids, work })
  if (changed < ids.length) return changed
  const told = await tellOfOtherwiseCounted(deps, plan)
  await db.transaction(async (tx) => {
    const now = clock.now()
    await settings.lock(tx, takenUpKey, { initial: plan.version, now })
    await settings.save(tx, takenUpKey, { value: plan.version, updatedById: null, now })
  })
  return changed + told
}

async function takenUpVersion({ db }: Pick<Deps, 'db'>): Promise<number | null> {
  const value = (await settings.find(db.read, takenUpKey))?.value
  return typeof value === 'number' ? value : null
}

/** The members whose state is not what the plan makes of their payments. */
async function differing({ db }: Pick<Deps, 'db'>, plan: CompensationPlan): Promise<number[]> {
  const ids: number[] = []
  for await (const { rows, paid } of memberFigures.membersWithPayments(db.read)) {
    for (const { id, isActiveBuyer } of rows) if (activeBuyer(paid.get(id) ?? {}, plan) !== isActiveBuyer) ids.push(id)
  }
  return ids
}

/** The network worker looks at each of these members again; what it finds may have changed by then. */
async function tellOfOtherwiseCounted(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  plan: CompensationPlan,
): Promise<number> {
  let told = 0
  for await (const page of network.countedOtherwise(deps.db.read, plan)) {
    const payloadsOf = (counts: boolean) =>
      page.filter((member) => member.shouldCount === counts).map(({ userId }) => ({ userId }))
    await deps.db.transaction(async (tx) => {
      await tellAll(tx, deps, 'member.qualified', payloadsOf(true))
      await tellAll(tx, deps, 'member.disqualified', payloadsOf(false))
    })
    told += page.length
  }
  return told
}

async function recountOne(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { id, plan }: { id: number; plan: CompensationPlan },
): Promise<void> {
  await recountActiveBuyer(tx, deps, { user: await users.lock(tx, id), plan })
}
