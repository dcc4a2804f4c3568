import { describe, expect, test } from 'vitest'
import vectors from '../../vectors/domain.json' with { type: 'json' }
import { createNetworkIndex } from './network-index.ts'
import type { PairDecision } from './pairing.ts'
import type { Side } from './placement.ts'
import { createSlowNetwork } from './testing/slow-network.ts'

type GoldenStep = { member: string; sponsor: string; parent: string; side: string; asked?: string }
type GoldenPairs = Record<string, { pair_number: number; left: string; right: string }[]>
type GoldenCounts = Record<string, { left_team: number; right_team: number; left_count: number; right_count: number }>
type Golden = { steps: GoldenStep[]; counts_after_matching: GoldenCounts; pairs: GoldenPairs }

const cases: [string, Golden][] = Object.entries(vectors.placement)
const rules = { month: '2026-11', monthlyLimit: 10, eligibility: 'placed', pairCap: 'carry_forward' } as const

// m0 is the first placement, m1 the second, and so on.
const seqOf = (member: string) => Number(member.slice(1)) + 1
const nameOf = (seq: number) => `m${seq - 1}`
const asked = (step: GoldenStep) => step.asked as Side | undefined

describe.each(cases)('golden placements: %s', (_name, golden) => {
  test('the index places every member where the vector says, counts the same and makes the same pairs', () => {
    const index = createNetworkIndex({ month: rules.month })
    index.addRoot({ seq: 1, qualified: true })
    const pairs: PairDecision[] = []
    for (const step of golden.steps) {
      const sponsor = seqOf(step.sponsor)
      const slot = index.findSlot({ sponsor, side: asked(step) })
      expect({ member: step.member, parent: nameOf(slot.parent), side: slot.side }).toEqual({
        member: step.member,
        parent: step.parent,
        side: step.side,
      })
      pairs.push(...index.placeAndMatch({ seq: seqOf(step.member), sponsor, ...slot, qualified: true }, rules))
    }
    expect(pairsByEarner(pairs)).toEqual(golden.pairs)
    for (const [member, counts] of Object.entries(golden.counts_after_matching)) {
      const { left, right } = index.legs(seqOf(member))
      expect(asGolden({ left, right }), member).toEqual(counts)
    }
  })

  test('the slow model agrees with the vector', () => {
    const slow = createSlowNetwork(rules)
    for (const step of golden.steps) {
      slow.join(step.member, step.sponsor, asked(step))
      expect(slow.position(step.member)).toMatchObject({ parent: step.parent, side: step.side })
    }
    for (const [member, counts] of Object.entries(golden.counts_after_matching)) {
      expect(asGolden(slow.counts(member)), member).toEqual(counts)
      const pairs = slow.pairs(member).map(({ number, left, right }) => ({ pair_number: number, left, right }))
      expect(pairs, member).toEqual(golden.pairs[member] ?? [])
    }
  })
})

function pairsByEarner(pairs: PairDecision[]): GoldenPairs {
  const byEarner: GoldenPairs = {}
  for (const { earner, ordinal, left, right } of pairs) {
    byEarner[nameOf(earner)] ??= []
    byEarner[nameOf(earner)]?.push({ pair_number: ordinal, left: nameOf(left), right: nameOf(right) })
  }
  return byEarner
}

type Counted = { team: number; unmatched: number }
function asGolden({ left, right }: { left: Counted; right: Counted }): GoldenCounts[string] {
  return {
    left_team: left.team,
    right_team: right.team,
    left_count: left.unmatched,
    right_count: right.unmatched,
  }
}
