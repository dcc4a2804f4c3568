import { memberFigures } from '@ev/db'
import { activeBuyer, type PaidByMethod } from '@ev/domain'
import type { Verification } from './verification.ts'

/**
 * A member is an Active Buyer exactly when the payments say so under the plan of now. Under a plan that has just come into effect, members may
 * still be counted by the one before.
 */
export async function verifyActiveBuyers({ reader, found, plans, now, settledBefore }: Verification): Promise<void> {
  const plan = plans.current(now)
  const before = plans.current(settledBefore)
  const paid = new Map<number, PaidByMethod>()
  for (const { userId, method, amount } of await memberFigures.paidByMember(reader)) {
    paid.set(userId, { ...paid.get(userId), [method]: amount })
  }
  for await (const page of memberFigures.memberPages(reader)) {
    for (const { id, isActiveBuyer } of page) {
      if (before !== plan && activeBuyer(paid.get(id) ?? {}, before) === isActiveBuyer) continue
      found.expectEqual('member.active_buyer', `member ${id}`, {
        expected: activeBuyer(paid.get(id) ?? {}, plan),
        actual: isActiveBuyer,
      })
    }
  }
}
