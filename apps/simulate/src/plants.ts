import { ledger, wallets } from '@ev/db'
import { depositTo } from '@ev/domain'
import type { Simulation } from './simulation.ts'

const losable = [
  'payments.credit-referral',
  'network.place-and-match',
  'pairs.credit',
  'payouts.transfer',
  'payouts.autofill-emi',
] as const

/** Faults that are put in on purpose, to see that they are found. None of them is in the platform's own code. Each answers whether it could be done yet. */
export const plants = {
  /** The broker loses one message for ever. */
  async 'lost-message'({ platform }: Simulation) {
    platform.transport.loseNext(losable)
    return true
  },
  /** A handler credits a second time, under another natural key, what it had credited. */
  async 'double-credit'({ platform, model }: Simulation) {
    const credited = [...model.payments.values()].find(({ bonus }) => bonus !== null)?.bonus
    if (!credited) return false
    const now = platform.clock.now()
    await platform.db.transaction(async (tx) => {
      const wallet = await wallets.lock(tx, credited.referrer)
      const again = depositTo(wallet, { id: 1_000_000, amount: credited.amount, reason: 'Credited again' })
      await ledger.post(tx, again, { now })
    })
    return true
  },
  /** A counter is one more than it should be: a leg's team, or else a wallet's earnings. */
  async 'counter-off-by-one'({ platform, chance }: Simulation) {
    const isLeg = chance.isLucky(0.5)
    return platform.db.transaction(async (tx) => {
      if (!isLeg) {
        const { count } = await tx.wallet.updateMany({ where: { userId: 2 }, data: { totalEarned: { increment: 1 } } })
        return count > 0
      }
      const leg = await tx.legs.findFirst({ orderBy: { seq: 'asc' } })
      if (leg) await tx.legs.update({ where: { seq: leg.seq }, data: { leftTeam: { increment: 1 } } })
      return leg !== null
    })
  },
} satisfies Record<string, (simulation: Simulation) => Promise<boolean>>

export type PlantName = keyof typeof plants

export const isPlant = (name: string): name is PlantName => Object.hasOwn(plants, name)
