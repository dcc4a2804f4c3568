import type { Tx } from '@ev/db'
import { type Spoil, unchecked } from '../../testing/spoiled.ts'
import { at, type Damages, type Members } from './damage.ts'
import { strayRow } from './stray-rows.ts'

export function walletDamages({ asha }: Members): Damages {
  const named = async (tx: Tx) =>
    `wallet ${(await tx.wallet.findUniqueOrThrow({ where: { userId: asha } })).id} of member ${asha}`
  const raised =
    (column: 'balance' | 'held' | 'emiReserve' | 'recoverable' | 'totalEarned' | 'totalWithdrawn'): Spoil =>
    async (tx) => {
      await tx.wallet.update({ where: { userId: asha }, data: { [column]: { increment: 1n } } })
      return named(tx)
    }
  return {
    'member.wallet': async (tx) => {
      const { id } = await tx.user.create({
        data: { username: 'walletless', referralCode: 'WALLETLESS', dateJoined: at, updatedAt: at },
      })
      return `member ${id}`
    },
    'wallet.balance': raised('balance'),
    'wallet.held': raised('held'),
    'wallet.held_by_payouts': async (tx) => {
      await tx.payout.updateMany({ where: { status: 'pending' }, data: { status: 'cancelled' } })
      return named(tx)
    },
    'wallet.emi_reserve': raised('emiReserve'),
    'wallet.recoverable': raised('recoverable'),
    'wallet.total_earned': raised('totalEarned'),
    'wallet.total_withdrawn': raised('totalWithdrawn'),
    'wallet.bounds': async (tx) => {
      await unchecked(tx, () => tx.wallet.update({ where: { userId: asha }, data: { emiReserve: -1n } }))
      return named(tx)
    },
    'wallet.statement': async (tx) => {
      await strayRow(tx, { userId: asha })
      return named(tx)
    },
    'wallet.chain': async (tx) => {
      const { id } = await strayRow(tx, { userId: asha, gap: 7n })
      return `wallet transaction ${id} of member ${asha}`
    },
  }
}

export const adjustmentDamages = ({ ravi }: Members): Damages =>
  Object.fromEntries(
    (['deposit', 'adjustment'] as const).map((kind) => [
      `${kind}.entries`,
      async (tx) => {
        const { id: _, ...row } = await tx.walletAdjustment.findFirstOrThrow({ where: { kind } })
        const { id } = await tx.walletAdjustment.create({ data: row })
        return `${kind} ${id} of member ${ravi}`
      },
    ]),
  )
