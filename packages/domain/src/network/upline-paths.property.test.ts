import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { appendNode, createColumns, type TreeColumns } from './tree-columns.ts'
import { createUplinePaths, type UplinePaths } from './upline-paths.ts'

/** Numbers that a run takes modulo what exists. `near`: how far from the newest a new node hangs at most; small ones make deep trees. */
type Step =
  | { kind: 'append'; near: number; back: number; side: number }
  | { kind: 'add'; at: number; team: number; qualified: number }
  | { kind: 'settle' | 'consume' | 'pass' | 'pair'; at: number; by: number }
  | { kind: 'ask'; at: number; member: number; ready: boolean }
  | { kind: 'legAbove'; at: number; above: number }
  | { kind: 'limit'; limit: number }
  | { kind: 'settleAll' }
  | { kind: 'dissolve' }

const any = fc.nat({ max: 1_000_000 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      near: fc.constantFrom(1, 1, 2, 1_000_000),
      back: any,
      side: fc.nat({ max: 1 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      at: any,
      team: fc.nat({ max: 1 }),
      qualified: fc.integer({ min: -1, max: 1 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('settle' as const, 'consume' as const, 'pass' as const, 'pair' as const),
      at: any,
      by: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), at: any, member: any, ready: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('legAbove' as const), at: any, above: any }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('limit' as const), limit: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'settleAll' as const }, { kind: 'dissolve' as const }) },
)

test('whatever happens in whatever order, the paths tell what a walk to the root tells', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
      const run = startRun()
      for (const next of steps) takeStep(run, next)
      run.paths.settleAll()
      expect(countsOf(run)).toEqual({ team: run.team, qualified: run.qualified })
    }),
    { numRuns: 3000 },
  )
})

type Run = { columns: TreeColumns; paths: UplinePaths; team: number[]; qualified: number[]; limit: number }

/** A tree with one root, its counts also kept by walks. */
function startRun(): Run {
  const columns = createColumns(1)
  const run = { columns, paths: createUplinePaths(columns), team: [0, 0], qualified: [0, 0], limit: 0 }
  append(run, 0)
  return run
}

function append({ columns, paths, team, qualified }: Run, leg: number): void {
  const node = columns.size + 1
  appendNode(columns, node)
  paths.append(node, leg)
  columns.position[node] = leg
  if (leg !== 0) columns.child[leg] = node
  team.push(0, 0)
  qualified.push(0, 0)
}

function takeStep(run: Run, step: Step): void {
  const { columns, paths } = run
  const legOf = (number: number) => 2 + (number % (2 * columns.size))
  const nodeOf = (number: number) => 1 + (number % columns.size)
  if (step.kind === 'append') {
    const parent = columns.size - (step.back % Math.min(step.near, columns.size))
    const leg = 2 * parent + step.side
    if (columns.child[leg] === 0) append(run, leg)
  } else if (step.kind === 'add') {
    const leg = legOf(step.at)
    paths.add(leg, step)
    for (const above of walkUp(run, leg)) {
      run.team[above]! += step.team
      run.qualified[above]! += step.qualified
    }
  } else if (step.kind === 'ask')
    expectConcerned(run, legOf(step.at), { member: nodeOf(step.member), ready: step.ready })
  else if (step.kind === 'legAbove') {
    const leg = legOf(step.at)
    const above = nodeOf(step.above)
    expect(paths.legAbove(above, leg)).toBe(walkUp(run, leg).find((upper) => upper >> 1 === above) ?? 0)
  } else if (step.kind === 'limit') {
    run.limit = step.limit
    paths.useLimit(step.limit)
  } else if (step.kind === 'settleAll') paths.settleAll()
  else if (step.kind === 'dissolve') paths.dissolve()
  else changeNode(run, nodeOf(step.at), step)
}

function changeNode(run: Run, node: number, { kind, by }: { kind: string; by: number }): void {
  const { columns, paths, team, qualified } = run
  paths.settle(node)
  for (const leg of [2 * node, 2 * node + 1]) {
    expect([columns.team[leg], columns.qualified[leg]]).toEqual([team[leg], qualified[leg]])
  }
  if (kind === 'consume') columns.consumed[2 * node + (by & 1)]! += by
  else if (kind === 'pass') columns.passed[2 * node + (by & 1)]! += by
  else if (kind === 'pair') columns.pairsThisMonth[node]! += by
  paths.renew(node)
}

function expectConcerned(run: Run, leg: number, asked: { member: number; ready: boolean }): void {
  const { columns } = run
  const legs = walkUp(run, leg)
  const isReady = (upper: number) =>
    run.qualified[upper ^ 1]! > columns.consumed[upper ^ 1]! && columns.pairsThisMonth[upper >> 1]! < run.limit
  expect(run.paths.concerned(leg, asked)).toEqual({
    ready: asked.ready ? legs.filter(isReady).map((upper) => upper >> 1) : [],
    passed: legs.filter((upper) => columns.passed[upper]! >= asked.member),
  })
}

/** The leg and all legs above in which it lies, the nearest first. */
function walkUp({ columns }: Run, leg: number): number[] {
  const legs: number[] = []
  for (let upper = leg; upper !== 0; upper = columns.position[upper >> 1]!) legs.push(upper)
  return legs
}

function countsOf({ columns }: Run): { team: number[]; qualified: number[] } {
  const legs = 2 * columns.size + 2
  return { team: [...columns.team.slice(0, legs)], qualified: [...columns.qualified.slice(0, legs)] }
}
