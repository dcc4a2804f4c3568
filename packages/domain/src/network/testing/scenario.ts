import * as fc from 'fast-check'
import { createNetworkIndex, type NetworkIndex } from '../network-index.ts'
import type { FlushDecision, MemberUse, PairDecision, PairRecord } from '../pairing.ts'
import type { PlacementRecord, Side } from '../placement.ts'
import { createSlowNetwork, type SlowNetwork, type SlowRules } from './slow-network.ts'

/** One thing that happens to the tree. `who` is a number that the run takes modulo the members that exist. */
export type Step =
  | { kind: 'join'; who: number; side: Side | undefined; qualified: boolean }
  | { kind: 'root' }
  | { kind: 'qualify' | 'disqualify'; who: number }
  | { kind: 'month'; forward: number }

/** Everything that would be stored while steps run. */
export type StoredLog = { placements: PlacementRecord[]; pairs: PairRecord[]; flushes: FlushDecision[] }

export type Run = { index: NetworkIndex; slow: SlowNetwork<number>; log: StoredLog; rules: SlowRules }

const side = fc.constantFrom<(Side | undefined)[]>(undefined, undefined, 'left', 'right')
const anyone = fc.nat({ max: 1_000_000 })
/** Mostly the first members, so that some grow deep and wide enough to reach the month's limit. */
const sponsor = fc.oneof({ weight: 2, arbitrary: fc.nat({ max: 2 }) }, { weight: 3, arbitrary: anyone })

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('join' as const), who: sponsor, side, qualified: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'root' as const }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('qualify' as const), who: anyone }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('disqualify' as const), who: anyone }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('month' as const), forward: fc.integer({ min: -1, max: 2 }) }),
  },
)

export const steps = (most: number): fc.Arbitrary<Step[]> => fc.array(step, { maxLength: most, size: 'max' })

export const slowRules: fc.Arbitrary<SlowRules> = fc.record({
  month: fc.constant('2026-11'),
  monthlyLimit: fc.constantFrom(0, 1, 2, 3, 10),
  eligibility: fc.constantFrom<SlowRules['eligibility'][]>('placed', 'qualified_sale'),
  pairCap: fc.constantFrom<SlowRules['pairCap'][]>('carry_forward', 'flush'),
})

/** An index and the slow model with one root each, and nothing stored but that. */
export function startRun(rules: SlowRules): Run {
  const run: Run = {
    index: createNetworkIndex({ month: rules.month, capacity: 1 }),
    slow: createSlowNetwork<number>(rules),
    log: { placements: [], pairs: [], flushes: [] },
    rules,
  }
  takeStep(run, { kind: 'root' })
  return run
}

/** Lets one step happen to both, and stores what the index decided. */
export function takeStep(run: Run, step: Step): void {
  const member = (who: number) => 1 + (who % run.index.size())
  if (step.kind === 'root') addRoot(run)
  else if (step.kind === 'join') join(run, { ...step, sponsor: member(step.who) })
  else if (step.kind === 'month') enterMonth(run, monthsAfter(run.index.month(), step.forward))
  else if (step.kind === 'qualify') qualify(run, member(step.who))
  else disqualify(run, member(step.who))
}

function addRoot({ index, slow, rules, log }: Run): void {
  const seq = index.size() + 1
  const root = { seq, sponsor: null, parent: null, side: null, qualified: countsAtOnce(rules, false) }
  slow.join(seq, null)
  index.addRoot(root)
  log.placements.push(root)
}

function join(
  { index, slow, rules, log }: Run,
  joined: { sponsor: number; side: Side | undefined; qualified: boolean },
): void {
  const seq = index.size() + 1
  const qualified = countsAtOnce(rules, joined.qualified)
  if (qualified) slow.qualify(seq)
  slow.join(seq, joined.sponsor, joined.side)
  const placement = { seq, sponsor: joined.sponsor, ...index.findSlot(joined), qualified }
  log.placements.push(placement)
  store(log, index.placeAndMatch(placement, rules))
}

function qualify({ index, slow, rules, log }: Run, member: number): void {
  slow.qualify(member)
  store(log, index.qualifyAndMatch(member, rules))
}

/** Where being placed is what counts, nobody stops counting. */
function disqualify({ index, slow, rules, log }: Run, member: number): void {
  slow.disqualify(member)
  if (rules.eligibility === 'placed' || !index.node(member).isQualified) return
  const use = useOf(log, member)
  const isUndone = (pair: PairRecord) => pair.left === member || pair.right === member
  log.pairs = log.pairs.map((pair) => (isUndone(pair) ? { ...pair, isReversed: true } : pair))
  store(log, index.disqualifyAndMatch(member, use, rules))
}

function useOf({ pairs, flushes }: StoredLog, member: number): MemberUse {
  const standing = pairs.filter((pair) => !pair.isReversed && (pair.left === member || pair.right === member))
  return {
    pairs: standing.map(({ earner, left, right }) => ({ earner, partner: left === member ? right : left })),
    flushedBy: flushes
      .filter(({ left, right }) => left.includes(member) || right.includes(member))
      .map(({ earner }) => earner),
  }
}

function store(log: StoredLog, pairs: readonly PairDecision[]): void {
  log.pairs.push(...pairs.map((pair) => ({ ...pair, isReversed: false })))
}

function enterMonth({ index, slow, rules, log }: Run, month: string): void {
  slow.rollMonth(month)
  const { flushes, pairs } = index.rollMonth(month, rules)
  log.flushes.push(...flushes)
  store(log, pairs)
}

function countsAtOnce(rules: SlowRules, isActiveBuyer: boolean): boolean {
  return rules.eligibility === 'placed' || isActiveBuyer
}

export function monthsAfter(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** The stored placements as they read now: a member that began or ceased to count since it was placed is stored so. */
export function storedPlacements({ index, log }: Run): PlacementRecord[] {
  return log.placements.map((placement) => ({ ...placement, qualified: index.node(placement.seq).isQualified }))
}
