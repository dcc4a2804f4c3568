import { journalFigures, payoutFigures, type Reader, takeOver, walletFigures } from '@ev/db'
import { type Findings, listed } from './findings.ts'

/** Each stored figure of a wallet is the sum of what the journal, the statement and the records of earnings and payouts say. */
export async function verifyWallets(reader: Reader, found: Findings): Promise<void> {
  const sums = new Map<string, bigint>()
  for (const { ownerId, kind, amount } of await journalFigures.memberSums(reader))
    sums.set(`${kind}:${ownerId}`, amount)
  const [statements, earned, withdrawn, held] = [
    await walletFigures.statementSums(reader),
    await walletFigures.earnedSums(reader),
    await payoutFigures.payoutSums(reader, ['completed']),
    await payoutFigures.payoutSums(reader, ['pending', 'processing']),
  ]
  const openings = await takeOver.openingBalances(reader)
  for await (const page of walletFigures.walletPages(reader)) {
    for (const wallet of page) {
      const subject = `wallet ${wallet.id} of member ${wallet.userId}`
      const opening = openings.get(wallet.userId)
      const of = (kind: string) => sums.get(`${kind}:${wallet.userId}`) ?? 0n
      found.expectEqual('wallet.balance', subject, {
        expected: of('member_wallet') + of('member_hold'),
        actual: wallet.balance,
      })
      found.expectEqual('wallet.held', subject, { expected: of('member_hold'), actual: wallet.held })
      found.expectEqual('wallet.held_by_payouts', subject, {
        expected: held.get(wallet.userId) ?? 0n,
        actual: wallet.held,
      })
      found.expectEqual('wallet.emi_reserve', subject, {
        expected: of('member_emi_reserve'),
        actual: wallet.emiReserve,
      })
      found.expectEqual('wallet.recoverable', subject, {
        expected: -of('member_recoverable'),
        actual: wallet.recoverable,
      })
      found.expectEqual('wallet.statement', subject, {
        expected: wallet.balance,
        actual: statements.get(wallet.userId)?.total ?? 0n,
      })
      found.expectEqual('wallet.total_earned', subject, {
        expected: (opening?.totalEarned ?? 0n) + (earned.get(wallet.userId) ?? 0n),
        actual: wallet.totalEarned,
      })
      found.expectEqual('wallet.total_withdrawn', subject, {
        expected: (opening?.totalWithdrawn ?? 0n) + (withdrawn.get(wallet.userId) ?? 0n),
        actual: wallet.totalWithdrawn,
      })
    }
  }
  for (const { id, userId } of await walletFigures.brokenChains(reader, listed)) {
    found.expectEqual('wallet.chain', `wallet transaction ${id} of member ${userId}`, {
      expected: 'begins where the one before ended',
      actual: 'does not',
    })
  }
}
