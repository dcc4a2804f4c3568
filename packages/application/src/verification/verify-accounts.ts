import { journalFigures, paymentFigures } from '@ev/db'
import { listed } from './findings.ts'
import type { Verification } from './verification.ts'

/** What stands on the company's own accounts is what all records together say, and no member's reserve, hold or debt was ever below zero. */
export async function verifyAccounts({ reader, found, before }: Verification): Promise<void> {
  const accounts = await journalFigures.accountSums(reader)
  const outside = await paymentFigures.outsideSums(reader, before)
  found.expectEqual('account.bank', 'account bank', {
    expected: outside.transfers - outside.payments - outside.deposits,
    actual: accounts.bank ?? 0n,
  })
  found.expectEqual('account.commission_expense', 'account commission_expense', {
    expected: -((await paymentFigures.commissionSum(reader)) + outside.adjustments),
    actual: accounts.commission_expense ?? 0n,
  })
  found.expectEqual('account.tds_payable', 'account tds_payable', {
    expected: outside.tds,
    actual: accounts.tds_payable ?? 0n,
  })
  for await (const { lineId, userId, kind, sum } of journalFigures.overdrawnReserves(reader, listed)) {
    const subject = `journal line ${lineId} of member ${userId}`
    found.expectEqual('account.overdrawn', subject, { expected: 'nothing below zero', actual: `${kind} at ${sum}` })
  }
}
