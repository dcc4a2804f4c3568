import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NetworkIndex } from './network-index.ts'
import { createNetworkIndex } from './network-index.ts'
import { everyone, expectSameAsSlow } from './testing/compare.ts'
import { type Run, slowRules, startRun, steps, takeStep } from './testing/scenario.ts'

test('one sponsor fills a complete tree: every level but the last full, the last from the left', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (members) => {
      const index = createNetworkIndex({ month: '2026-11', capacity: 1 })
      index.addRoot({ seq: 1, qualified: true })
      for (let seq = 2; seq <= members; seq += 1) {
        index.place({ seq, sponsor: 1, ...index.findSlot({ sponsor: 1 }), qualified: true })
      }
      // In a complete tree filled from the left, the children of the k-th node are nodes 2k and 2k + 1.
      for (const seq of everyone(index)) {
        const child = (at: number) => (at <= members ? at : null)
        expect(index.children(seq)).toEqual({ left: child(2 * seq), right: child(2 * seq + 1) })
      }
    }),
    { numRuns: 200 },
  )
})

test('whatever happens in whatever order, the index decides what the slow model decides', () => {
  fc.assert(
    fc.property(slowRules, steps(90), (rules, happened) => {
      const run = startRun(rules)
      for (const step of happened) takeStep(run, step)
      expectSameAsSlow(run)
    }),
    { numRuns: 3000 },
  )
})

test('every placement is at the least depth that is free below its sponsor', () => {
  fc.assert(
    fc.property(slowRules, steps(60), (rules, happened) => {
      const run = startRun(rules)
      for (const step of happened) {
        const placed = run.index.size()
        const freeDepths = step.kind === 'join' ? freeDepthsBelow(run.index, 1 + (step.who % placed)) : []
        takeStep(run, step)
        if (step.kind === 'join' && step.side === undefined) {
          expect(run.index.depthOf(placed + 1)).toBe(Math.min(...freeDepths))
        }
      }
    }),
    { numRuns: 1000 },
  )
})

test('teams are the sizes of subtrees, nothing unmatched is negative, and teams add up to depths', () => {
  fc.assert(
    fc.property(slowRules, steps(120), (rules, happened) => {
      const { index, ...run } = startRun(rules)
      for (const step of happened) takeStep({ index, ...run }, step)
      const members = everyone(index)
      let teams = 0
      for (const seq of members) {
        const { left, right } = index.legs(seq)
        expect(left.team + right.team).toBe(members.filter((member) => index.uplineOf(member).includes(seq)).length)
        expect(Math.min(left.unmatched, right.unmatched, left.consumed, right.consumed)).toBeGreaterThanOrEqual(0)
        // A pair takes one of each leg and gives both back; of what a flush took, one leg may count fewer by and by.
        if (run.rules.pairCap === 'carry_forward') expect(left.consumed).toBe(right.consumed)
        teams += left.team + right.team
      }
      expect(teams).toBe(members.reduce((depths, member) => depths + index.depthOf(member), 0))
    }),
    { numRuns: 1000 },
  )
})

test('whoever keeps the rows that are handed out as changed knows everybody’s legs in the end', () => {
  fc.assert(
    fc.property(slowRules, steps(80), fc.nat({ max: 3 }), (rules, happened, most) => {
      const run = startRun(rules)
      const { index } = run
      const kept = new Map<number, unknown>()
      const row = (seq: number) => ({ ...index.legs(seq), pairsMade: index.node(seq).pairsMade })
      const take = (most: number) => {
        for (const seq of index.takeChanged({ always: [], most })) kept.set(seq, row(seq))
      }
      for (const step of happened) {
        takeStep(run, step)
        take(most)
      }
      while (index.hasChanged()) take(1)
      expect(everyone(index).map((seq) => kept.get(seq))).toEqual(everyone(index).map(row))
    }),
    { numRuns: 1000 },
  )
})

test('pairs of a member: ordinals without gaps, nobody in two that stand, everybody in their leg, and never above the limit of a month', () => {
  fc.assert(
    fc.property(slowRules, steps(120), (rules, happened) => {
      const run = startRun(rules)
      for (const step of happened) takeStep(run, step)
      for (const seq of everyone(run.index)) expectSoundPairs(run, seq)
    }),
    { numRuns: 2000 },
  )
})

function freeDepthsBelow(index: NetworkIndex, sponsor: number): number[] {
  return everyone(index)
    .filter((member) => index.isInSubtree({ root: sponsor, member }))
    .filter((member) => Object.values(index.children(member)).includes(null))
    .map((member) => index.depthOf(member) + 1)
}

function expectSoundPairs({ index, log, rules }: Run, earner: number): void {
  const pairs = log.pairs.filter((pair) => pair.earner === earner)
  const flushes = log.flushes.filter((flush) => flush.earner === earner)
  if (pairs.length === 0 && flushes.length === 0) return
  expect(pairs.map((pair) => pair.ordinal)).toEqual(pairs.map((_, at) => at + 1))
  const counts = (member: number) => index.node(member).isQualified
  for (const side of ['left', 'right'] as const) {
    const paired = pairs.filter((pair) => !pair.isReversed).map((pair) => pair[side])
    const used = [...paired, ...flushes.flatMap((flush) => flush[side])]
    const root = index.children(earner)[side] ?? 0
    expect(new Set(used).size).toBe(used.length)
    expect(used.filter((member) => !index.isInSubtree({ root, member }))).toEqual([])
    expect(paired.filter(counts)).toEqual(paired)
    expect(index.legs(earner)[side].consumed).toBe(used.filter(counts).length)
  }
  const inMonth = (month: string) => pairs.filter((pair) => pair.month === month).length
  expect(Math.max(0, ...pairs.map((pair) => inMonth(pair.month)))).toBeLessThanOrEqual(rules.monthlyLimit)
}
