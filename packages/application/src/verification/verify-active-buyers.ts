import { memberFigures } from '@ev/db'
import { activeBuyer } from '@ev/domain'
import type { Verification } from './verification.ts'

/**
 * A member is an Active Buyer exactly when the payments say so under the plan of now. Under a plan that has just come into effect, members may
 * still be counted by the one before.
 */
export async function verifyActiveBuyers({ reader, found, plans, now, settledBefore }: Verification): Promise<void> {
  const plan = plans.current(now)
  const before = plans.current(settledBefore)
  for await (const { rows, paid } of memberFigures.membersWithPayments(reader)) {
    for (const { id, isActiveBuyer } of rows) {
      if (before !== plan && activeBuyer(paid.get(id) ?? {}, before) === isActiveBuyer) continue
      found.expectEqual('member.active_buyer', `member ${id}`, {
        expected: activeBuyer(paid.get(id) ?? {}, plan),
        actual: isActiveBuyer,
      })
    }
  }
}
