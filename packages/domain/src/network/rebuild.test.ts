import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rebuildNetworkIndex } from './rebuild.ts'
import { expectSameAsSlow, observe } from './testing/compare.ts'
import { type Run, slowRules, startRun, steps, storedPlacements, takeStep } from './testing/scenario.ts'

function rebuilt(run: Run) {
  return rebuildNetworkIndex({ ...run.log, placements: storedPlacements(run), month: run.index.month(), capacity: 1 })
}

test('an index rebuilt from what was stored reads the same as the live one', () => {
  fc.assert(
    fc.property(slowRules, steps(90), (rules, happened) => {
      const run = startRun(rules)
      for (const step of happened) takeStep(run, step)
      expect(observe(rebuilt(run))).toEqual(observe(run.index))
    }),
    { numRuns: 1500 },
  )
})

test('an index that is thrown away and rebuilt again and again still decides what the slow model decides', () => {
  fc.assert(
    fc.property(slowRules, steps(70), fc.integer({ min: 1, max: 12 }), (rules, happened, often) => {
      let run = startRun(rules)
      for (const [at, step] of happened.entries()) {
        if (at % often === 0) run = { ...run, index: rebuilt(run) }
        takeStep(run, step)
      }
      expectSameAsSlow(run)
    }),
    { numRuns: 1500 },
  )
})

test('rebuilt with the month of the latest pair, it enters the present month with the same counts', () => {
  fc.assert(
    fc.property(slowRules, steps(90), (rules, happened) => {
      const run = startRun({ ...rules, monthlyLimit: Math.max(1, rules.monthlyLimit) })
      for (const step of happened) takeStep(run, step)
      const latest = [rules.month, ...run.log.pairs.map((pair) => pair.month)].sort().at(-1) ?? rules.month
      const index = rebuildNetworkIndex({ ...run.log, placements: storedPlacements(run), month: latest })
      expect(index.rollMonth(run.index.month(), run.rules)).toEqual({ flushes: [], pairs: [] })
      expect(observe(index)).toEqual(observe(run.index))
    }),
    { numRuns: 1000 },
  )
})

const root = { seq: 1, sponsor: null, parent: null, side: null, qualified: true }
const left = { seq: 2, sponsor: 1, parent: 1, side: 'left', qualified: true } as const
const right = { seq: 3, sponsor: 1, parent: 1, side: 'right', qualified: true } as const
const pair = { earner: 1, ordinal: 1, left: 2, right: 3, month: '2026-11', isReversed: false }
const sound = { placements: [root, left, right], pairs: [pair], flushes: [], month: '2026-11' }

test.each([
  ['a gap in the placements', { placements: [root, right] }, 'does not follow'],
  ['a placement with half a position', { placements: [root, { ...left, side: null }] }, 'neither a root nor complete'],
  ['two members in one slot', { placements: [root, left, { ...left, seq: 3 }] }, 'is taken by 2'],
  ['a gap in the ordinals', { pairs: [{ ...pair, ordinal: 2 }] }, 'have a gap or a double'],
  ['a pair of a later month', { pairs: [{ ...pair, month: '2026-12' }] }, 'was made after the month'],
  ['a member outside the leg', { pairs: [{ ...pair, left: 3 }] }, 'one that is not in it'],
  [
    'a pair of a member who does not count',
    { placements: [root, left, { ...right, qualified: false }] },
    'does not count',
  ],
  ['more used than there are', { flushes: [{ earner: 1, left: [2], right: [3] }] }, 'more members than count in it'],
])('a log with %s is a fault', (_name, broken, message) => {
  expect(() => rebuildNetworkIndex(sound)).not.toThrow()
  expect(() => rebuildNetworkIndex({ ...sound, ...broken })).toThrow(message)
})
