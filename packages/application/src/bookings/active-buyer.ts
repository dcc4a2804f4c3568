import { payments, type Tx, users } from '@ev/db'
import { activeBuyer, type CompensationPlan } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'

/**
 * Counts again whether a member is an Active Buyer, over all of the member's bookings. The caller holds the member's row, so that two
 * payments for two bookings cannot each overlook the other. A change is told, because the member may begin or stop to count in the tree.
 */
export async function recountActiveBuyer(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { user, plan }: { user: users.User; plan: CompensationPlan },
): Promise<void> {
  const isActiveBuyer = activeBuyer(await payments.paidByMethod(tx, user.id), plan)
  if (isActiveBuyer === user.isActiveBuyer) return
  await users.saveStanding(tx, user.id, { isActiveBuyer, updatedAt: deps.clock.now() })
  await tell(tx, deps, isActiveBuyer ? 'member.qualified' : 'member.disqualified', { userId: user.id })
}
