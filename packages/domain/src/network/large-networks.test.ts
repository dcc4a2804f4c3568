import { expect, test } from 'vitest'
import { createNetworkIndex } from './network-index.ts'
import type { PlacementRecord } from './placement.ts'
import { rebuildNetworkIndex } from './rebuild.ts'
import { expectSameAsSlow } from './testing/compare.ts'
import { type Step, startRun, storedPlacements, takeStep } from './testing/scenario.ts'
import type { SlowRules } from './testing/slow-network.ts'

const rules = { monthlyLimit: 10, pairCap: 'carry_forward' } as const

test.each<Pick<SlowRules, 'eligibility' | 'pairCap'> & { members: number }>([
  { members: 20_000, eligibility: 'placed', pairCap: 'carry_forward' },
  { members: 8_000, eligibility: 'qualified_sale', pairCap: 'flush' },
])(
  '$members members with random sponsors over many months end where the slow model ends: $eligibility, $pairCap',
  ({ members, ...policy }) => {
    const run = startRun({ month: '2026-11', monthlyLimit: 10, ...policy })
    const random = numbersFrom(20_261_101)
    while (run.index.size() < members) {
      takeStep(run, randomStep(random, policy.eligibility === 'placed' ? 0 : 500))
    }
    expectSameAsSlow(run)
    const again = rebuildNetworkIndex({ ...run.log, placements: storedPlacements(run), month: run.index.month() })
    for (const seq of [1, 2, 3, 100, members]) expect(again.legs(seq)).toEqual(run.index.legs(seq))
    expect(again.pairable()).toEqual(run.index.pairable())
  },
)

test('100,000 members below one sponsor are placed, matched and rebuilt', () => {
  const members = 100_000
  const index = createNetworkIndex({ month: '2026-11' })
  const root: PlacementRecord = { seq: 1, sponsor: null, parent: null, side: null, qualified: true }
  index.addRoot({ seq: 1, qualified: true })
  const placements = [root]
  const pairs = []
  for (let seq = 2; seq <= members; seq += 1) {
    const placement = { seq, sponsor: 1, ...index.findSlot({ sponsor: 1 }), qualified: true }
    placements.push(placement)
    pairs.push(...index.placeAndMatch(placement, rules))
  }
  expect(index.depthOf(members)).toBe(16)
  expect(index.node(1)).toMatchObject({ pairsMade: 10, pairsThisMonth: 10 })
  const { pairs: carried } = index.rollMonth('2026-12', rules)
  expect(carried.filter((pair) => pair.earner === 1)).toHaveLength(10)
  const made = [...pairs, ...carried].map((pair) => ({ ...pair, isReversed: false }))
  const again = rebuildNetworkIndex({ placements, pairs: made, flushes: [], month: '2026-12' })
  expect(again.legs(1)).toEqual(index.legs(1))
  expect(again.pairable()).toEqual(index.pairable())
})

test('a chain of 5,000 keeps no queue for legs without pairs and pairs the oldest once the other leg fills', () => {
  const members = 5_000
  const index = createNetworkIndex({ month: '2026-11' })
  index.addRoot({ seq: 1, qualified: true })
  for (let seq = 2; seq <= members; seq += 1) {
    index.place({ seq, sponsor: seq - 1, ...index.findSlot({ sponsor: seq - 1 }), qualified: true })
  }
  expect(index.depthOf(members)).toBe(members - 1)
  expect(index.legs(1).left.unmatched).toBe(members - 1)
  const late = { seq: members + 1, sponsor: 1, ...index.findSlot({ sponsor: 1 }), qualified: true }
  expect(index.placeAndMatch(late, rules)).toEqual([
    { earner: 1, ordinal: 1, left: 2, right: members + 1, month: '2026-11' },
  ])
})

/** Mostly joins below anyone or near the top, some below the newest, and now and then a month. `qualifyPerMille` of the steps qualify, a tenth as many take it back. */
function randomStep(random: (below: number) => number, qualifyPerMille: number): Step {
  const roll = random(1000)
  if (roll < qualifyPerMille) return { kind: 'qualify', who: random(1_000_000) }
  if (roll < 1.1 * qualifyPerMille) return { kind: 'disqualify', who: random(1_000_000) }
  if (random(1000) === 0) return { kind: 'month', forward: 1 }
  const side = ([undefined, undefined, 'left', 'right'] as const)[random(4)]
  const who = random(4) === 0 ? random(50) : random(1_000_000)
  return { kind: 'join', who, side, qualified: random(3) === 0 }
}

/** The same numbers in every run: a linear congruential generator with the constants of Numerical Recipes. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
