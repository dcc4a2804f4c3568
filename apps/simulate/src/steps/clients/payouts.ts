import { approvePayout, cancelPayout, createBatch, rejectPayout, requestPayout } from '@ev/application'
import type { Chance } from '../../chance.ts'
import { approve, batch, requestPayout as expectPayout, release } from '../../model/payouts.ts'
import { known, type Model } from '../../model/state.ts'
import { available } from '../../model/wallets.ts'
import type { Operation } from '../../operation.ts'
import { amountUpTo } from '../amounts.ts'
import { admin, adminId, asMember } from './actors.ts'
import { aMember, pickOften } from './choices.ts'

const toPayout = ({ id, status }: { id: number; status: string }) => ({ id, status })

export function askPayout(model: Model, chance: Chance): Operation {
  const rich = [...model.members.values()].filter((each) => each.id !== adminId && available(each) > 0n)
  const member = rich.length > 0 ? chance.pick(rich) : known(model.members, aMember(model, chance))
  const requested = amountUpTo(chance, available(member), { beyond: 0.1 })
  const isEmi = chance.isLucky(0.5)
  const bankAccount = {
    bankName: 'HDFC',
    accountNumber: '123456789012',
    ifscCode: 'HDFC0001234',
    accountHolderName: 'A',
  }
  return {
    name: 'request payout',
    facts: `member ${member.id} ${requested}${isEmi ? ' with EMI' : ''}`,
    async ask(deps, idempotency) {
      const command = { actor: asMember(member.id), idempotency, requested, bankAccount, isEmiAutoFilled: isEmi }
      const { id, tdsAmount, emiAmount, transferAmount } = (await requestPayout(deps, command)).value
      return { id, tds: tdsAmount, emi: emiAmount, transfer: transferAmount }
    },
    expect(expected, now) {
      const { id, tds, emi, transfer } = expectPayout(expected, { member: member.id, requested, isEmi }, now)
      return { id, tds, emi, transfer }
    },
  }
}

export function decidePayout(model: Model, chance: Chance): Operation | null {
  const pending = [...model.payouts.values()].filter(({ status }) => status === 'pending')
  const payout = pickOften(chance, pending, [...model.payouts.values()])
  if (!payout) return null
  const { id, member } = payout
  const decision = chance.pick(['approve', 'approve', 'approve', 'reject', 'cancel'] as const)
  return {
    name: `${decision} payout`,
    facts: `payout ${id}`,
    async ask(deps, idempotency) {
      const command = { actor: admin, payoutId: id, idempotency, reason: 'Not now' }
      if (decision === 'approve') return toPayout((await approvePayout(deps, command)).value)
      if (decision === 'reject') return toPayout((await rejectPayout(deps, command)).value)
      return toPayout((await cancelPayout(deps, { ...command, actor: asMember(member) })).value)
    },
    expect(expected) {
      if (decision === 'approve') return toPayout(approve(expected, id))
      const to = decision === 'reject' ? 'rejected' : 'cancelled'
      return toPayout(release(expected, { id, from: 'pending', to }))
    },
  }
}

export function makeBatch(model: Model, chance: Chance): Operation | null {
  const ids = [...model.payouts.keys()]
  if (ids.length === 0) return null
  const payoutIds = chance.isLucky(0.5) ? null : ids.filter(() => chance.isLucky(0.3))
  return {
    name: 'create batch',
    facts: payoutIds ? `payouts ${payoutIds.join(' ')}` : 'all pending',
    async ask(deps, idempotency) {
      const { batch: made } = (await createBatch(deps, { actor: admin, payoutIds, idempotency })).value
      return { batch: made.id, payouts: made.payoutCount }
    },
    expect: (expected) => batch(expected, payoutIds),
  }
}
