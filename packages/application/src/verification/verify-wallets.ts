import { journalFigures, takeOver, walletFigures, type wallets } from '@ev/db'
import type { Verification } from './verification.ts'

type Wallet = wallets.WalletRow

/** Every member has a wallet, and each of its figures is what the journal, the statement, or the records of earnings and payouts come to. */
export async function verifyWallets({ reader, found, count }: Verification): Promise<void> {
  const openings = await takeOver.openingBalances(reader)
  for await (const { rows, range } of walletFigures.memberPages(reader)) {
    count('members', rows.length)
    const accounts = await journalFigures.memberSums(reader, range)
    const ends = await walletFigures.lastBalances(reader, range)
    const earned = await walletFigures.earnedSums(reader, range)
    const withdrawn = await walletFigures.requestedSums(reader, range, ['completed'])
    const held = await walletFigures.requestedSums(reader, range, ['pending', 'processing'])
    for (const { id, wallet } of rows) {
      found.expectEqual('member.wallet', `member ${id}`, { expected: 'a wallet', actual: wallet ? 'a wallet' : 'none' })
      if (!wallet) continue
      const subject = `wallet ${wallet.id} of member ${id}`
      const opening = openings.get(id)
      const own = accounts.get(id) ?? {}
      const balance = (own.member_wallet ?? 0n) + (own.member_hold ?? 0n)
      const figures = {
        'wallet.balance': { expected: balance, actual: wallet.balance },
        'wallet.held': { expected: own.member_hold ?? 0n, actual: wallet.held },
        'wallet.held_by_payouts': { expected: held.get(id) ?? 0n, actual: wallet.held },
        'wallet.emi_reserve': { expected: own.member_emi_reserve ?? 0n, actual: wallet.emiReserve },
        'wallet.recoverable': { expected: -(own.member_recoverable ?? 0n), actual: wallet.recoverable },
        'wallet.statement': { expected: wallet.balance, actual: ends.get(id) ?? 0n },
        'wallet.total_earned': {
          expected: (opening?.totalEarned ?? 0n) + (earned.get(id) ?? 0n),
          actual: wallet.totalEarned,
        },
        'wallet.total_withdrawn': {
          expected: (opening?.totalWithdrawn ?? 0n) + (withdrawn.get(id) ?? 0n),
          actual: wallet.totalWithdrawn,
        },
        'wallet.bounds': { expected: true, actual: isWithinBounds(wallet) },
      } as const
      for (const [check, values] of Object.entries(figures)) {
        found.expectEqual(check as keyof typeof figures, subject, values)
      }
    }
    for (const row of await walletFigures.brokenRows(reader, range)) {
      found.expectEqual('wallet.chain', `wallet transaction ${row.id} of member ${row.userId}`, {
        expected: `from ${row.expected} to ${row.expected + row.amount}, neither below zero`,
        actual: `from ${row.before} to ${row.balanceAfter}`,
      })
    }
  }
}

/** What is kept back is part of the balance, and nothing is below zero. */
function isWithinBounds({ balance, held, emiReserve, recoverable }: Wallet): boolean {
  return held >= 0n && held <= balance && emiReserve >= 0n && recoverable >= 0n
}
