import { memberFigures, plans, type Reader } from '@ev/db'
import { activeBuyer, type PaidByMethod } from '@ev/domain'
import type { Findings } from './findings.ts'

/** A member is an Active Buyer exactly when the payments say so under the plan of now. */
export async function verifyActiveBuyers(reader: Reader, found: Findings, now: Date): Promise<void> {
  const plan = await plans.current(reader, now)
  const paid = new Map<number, PaidByMethod>()
  for (const { userId, method, amount } of await memberFigures.paidByMember(reader)) {
    paid.set(userId, { ...paid.get(userId), [method]: amount })
  }
  for await (const page of memberFigures.memberPages(reader)) {
    for (const { id, isActiveBuyer } of page) {
      found.expectEqual('member.active_buyer', `member ${id}`, {
        expected: activeBuyer(paid.get(id) ?? {}, plan),
        actual: isActiveBuyer,
      })
    }
  }
}
