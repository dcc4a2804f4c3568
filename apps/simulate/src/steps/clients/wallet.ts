import { adjustWallet, depositToWallet } from '@ev/application'
import type { Chance } from '../../chance.ts'
import { adjust, deposit } from '../../model/payments.ts'
import { known, type Model } from '../../model/state.ts'
import type { Operation } from '../../operation.ts'
import { admin } from './actors.ts'
import { aMember } from './choices.ts'

export function fund(model: Model, chance: Chance): Operation {
  const member = aMember(model, chance)
  const isDeposit = chance.isLucky(0.6)
  const amount = BigInt(chance.between(isDeposit ? 0 : -20_000, 60_000))
  return {
    name: isDeposit ? 'deposit' : 'adjust wallet',
    facts: `member ${member} ${amount}`,
    async ask(deps, idempotency) {
      const work = isDeposit ? depositToWallet : adjustWallet
      const { value } = await work(deps, { actor: admin, idempotency, userId: member, amount, reason: 'Simulated' })
      return { balance: value.wallet.balance }
    },
    expect(expected) {
      if (isDeposit) deposit(expected, { member, amount })
      else adjust(expected, { member, amount })
      return { balance: known(expected.members, member).balance }
    },
  }
}
