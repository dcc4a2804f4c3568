import { checkPairs, choosePlacement, registerMember } from '@ev/application'
import type { Chance } from '../../chance.ts'
import { refuseIf } from '../../model/refused.ts'
import { known, type Model } from '../../model/state.ts'
import type { Operation } from '../../operation.ts'
import { adminId } from './actors.ts'
import { aMember } from './choices.ts'

export function register(model: Model, chance: Chance): Operation {
  const id = model.members.size + 1
  const others = [...model.members.keys()].filter((each) => each !== adminId)
  const referrer = others.length > 0 && chance.isLucky(0.9) ? chance.pick(others) : null
  return {
    name: 'register',
    facts: `member ${id} referred by ${referrer}`,
    async ask(deps, key) {
      const identifier = { type: 'email', value: `member${id}@example.com` } as const
      const onceKey = { ...key, now: deps.clock.now(), keepForMs: 86_400_000 }
      const { value } = await deps.db.once(onceKey, (tx) =>
        registerMember(tx, deps, { identifier, referredById: referrer }),
      )
      return { id: value.id }
    },
    expect(expected) {
      const empty = { balance: 0n, held: 0n, reserve: 0n, recoverable: 0n, earned: 0n, withdrawn: 0n }
      expected.members.set(id, { id, referrer, preference: 'auto', isActiveBuyer: false, hasPan: false, ...empty })
      return { id }
    },
  }
}

export function prefer(model: Model, chance: Chance): Operation {
  const member = aMember(model, chance)
  const preference = chance.pick(['auto', 'left', 'right'] as const)
  return {
    name: 'prefer a side',
    facts: `member ${member} ${preference}`,
    ask: async (deps) => ({
      preference: (await choosePlacement(deps, { userId: member, preference })).placementPreference,
    }),
    expect(expected) {
      known(expected.members, member).preference = preference
      return { preference }
    },
  }
}

export function askForPairs(model: Model, chance: Chance): Operation {
  const member = aMember(model, chance)
  return {
    name: 'check pairs',
    facts: `member ${member}`,
    ask: async (deps) => checkPairs(deps, { userId: member }).then(() => 'answered'),
    expect(expected) {
      const isPlaced = expected.tree.members().includes(member)
      const hasReferrer = known(expected.members, member).referrer !== null
      refuseIf(!isPlaced, hasReferrer ? 'network.placement_pending' : 'network.not_placed')
      return 'gone'
    },
  }
}
