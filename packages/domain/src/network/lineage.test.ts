import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLineage, type Lineage, type LineageRecord } from './lineage.ts'

/** A child of an earlier member, in whichever leg is free; a root when both are taken. */
function treeFrom(picks: readonly { parent: number; side: 'left' | 'right'; isRoot: boolean }[]): LineageRecord[] {
  const taken = new Set<string>()
  return picks.map(({ parent: pick, side: wanted, isRoot }, index) => {
    const seq = index + 1
    const parent = index === 0 ? 0 : 1 + (pick % index)
    const other = wanted === 'left' ? 'right' : 'left'
    const side = taken.has(`${parent} ${wanted}`) ? other : wanted
    if (index === 0 || isRoot || taken.has(`${parent} ${side}`)) return { seq, parent: null, side: null }
    taken.add(`${parent} ${side}`)
    return { seq, parent, side }
  })
}

const trees = fc
  .array(
    fc.record({
      parent: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 10_000 })),
      side: fc.constantFrom('left' as const, 'right' as const),
      isRoot: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
    }),
    { minLength: 1, maxLength: 40, size: 'max' },
  )
  .map(treeFrom)

function uplineOf(tree: readonly LineageRecord[], member: number): number[] {
  const upline: number[] = []
  for (let at: number | null = member; at !== null; at = tree[at - 1]!.parent) upline.push(at)
  return upline
}

function familyOrder(tree: readonly LineageRecord[], root: number, side?: 'left' | 'right'): number[] {
  const below = (member: number, wanted: 'left' | 'right') =>
    tree.find(({ parent, side: hangs }) => parent === member && hangs === wanted)?.seq
  const from = (member: number | undefined): number[] =>
    member === undefined ? [] : [member, ...from(below(member, 'left')), ...from(below(member, 'right'))]
  const left = side === 'right' ? [] : from(below(root, 'left'))
  const right = side === 'left' ? [] : from(below(root, 'right'))
  return [...left, ...right]
}

test('says of any tree, grown in any steps, what walking its parents says', () => {
  fc.assert(
    fc.property(trees, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (tree, steps) => {
      const lineage = createLineage()
      for (let at = 0, step = 0; at < tree.length; step += 1) {
        const count = steps[step % steps.length]!
        lineage.append(tree.slice(at, at + count))
        at += count
      }
      expect(lineage.size()).toBe(tree.length)
      for (const { seq: member } of tree) {
        const upline = uplineOf(tree, member)
        expect(lineage.depthOf(member)).toBe(upline.length - 1)
        upline.forEach((above, up) => {
          expect(lineage.ancestorAt({ member, depth: upline.length - 1 - up })).toBe(above)
        })
        for (const { seq: root } of tree) {
          expect(lineage.isInSubtree({ root, member })).toBe(upline.includes(root))
          const child = upline[upline.indexOf(root) - 1]
          const leg = upline.includes(root) && child !== undefined ? tree[child - 1]!.side : null
          expect(lineage.legOf({ root, member })).toBe(leg)
        }
        for (const side of [undefined, 'left', 'right'] as const) {
          const team = { root: member, side }
          const expected = familyOrder(tree, member, side)
          expect(lineage.teamSize(team)).toBe(expected.length)
          expect(lineage.walk(team, { skip: 0, take: 1_000 })).toEqual(expected)
          expect(lineage.walk(team, { skip: 3, take: 4 })).toEqual(expected.slice(3, 7))
          expect(lineage.walk(team, { skip: expected.length, take: 4 })).toEqual([])
          for (const [index, after] of expected.entries()) {
            expect(lineage.walk(team, { after, take: 2 })).toEqual(expected.slice(index + 1, index + 3))
          }
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('a walk is not led out of its team by a member who is not in it, and a stranger is refused', () => {
  const lineage = createLineage()
  lineage.append([
    { seq: 1, parent: null, side: null },
    { seq: 2, parent: 1, side: 'left' },
    { seq: 3, parent: 1, side: 'right' },
    { seq: 4, parent: 3, side: 'left' },
  ])
  expect(lineage.walk({ root: 2 }, { after: 3, take: 9 })).toEqual([])
  expect(lineage.walk({ root: 1, side: 'left' }, { after: 4, take: 9 })).toEqual([])
  expect(lineage.walk({ root: 1 }, { after: 99, take: 9 })).toEqual([])
  for (const member of [0, 5, -1, 1.5, Number.NaN]) {
    expect(() => lineage.isInSubtree({ root: 1, member })).toThrow('network.node_not_found')
    expect(() => lineage.teamSize({ root: member })).toThrow('network.node_not_found')
  }
  expect(() => lineage.ancestorAt({ member: 2, depth: 2 })).toThrow('nobody above')
  expect(() => lineage.append([{ seq: 6, parent: 1, side: 'left' }])).toThrow('does not follow')
  expect(() => lineage.append([{ seq: 5, parent: 5, side: 'left' }])).toThrow('cannot hang')
})

const members = 100_000

function timed(work: () => void): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

/** What one page and ten thousand checks may take at most, far above what they take: a walk per check would be a thousand times more. */
const shortMs = 2_000

function expectFast(lineage: Lineage, lowest: number): void {
  expect(
    timed(() => {
      for (let root = 1; root <= 10_000; root += 1) lineage.isInSubtree({ root, member: lowest })
      lineage.walk({ root: 1 }, { skip: members / 2, take: 100 })
      lineage.walk({ root: 1 }, { after: lowest, take: 100 })
    }),
  ).toBeLessThan(shortMs)
}

test('a chain of 100,000 is checked in jumps, counted and walked', () => {
  const lineage = createLineage()
  for (let at = 0; at < members; at += 10_000) {
    lineage.append(
      Array.from({ length: 10_000 }, (_, index) => {
        const seq = at + index + 1
        return seq === 1
          ? { seq, parent: null, side: null }
          : { seq, parent: seq - 1, side: seq % 2 ? 'left' : 'right' }
      }),
    )
  }
  expect(lineage.depthOf(members)).toBe(members - 1)
  for (const root of [1, 2, 777, 50_000, members - 1]) {
    expect(lineage.isInSubtree({ root, member: members })).toBe(true)
    expect(lineage.isInSubtree({ root: members, member: root })).toBe(false)
    expect(lineage.ancestorAt({ member: members, depth: root - 1 })).toBe(root)
    expect(lineage.teamSize({ root })).toBe(members - root)
  }
  expect(lineage.walk({ root: 1 }, { skip: 50_000, take: 2 })).toEqual([50_002, 50_003])
  expectFast(lineage, members)
})

test('a balanced tree of 100,000 is checked, counted and walked', () => {
  const lineage = createLineage()
  lineage.append(
    Array.from({ length: members }, (_, index) => {
      const seq = index + 1
      return { seq, parent: seq === 1 ? null : seq >> 1, side: seq === 1 ? null : seq % 2 ? 'right' : 'left' }
    }),
  )
  expect(lineage.depthOf(members)).toBe(16)
  for (const member of [1, 4_096, 65_535, members]) {
    for (const root of [1, 2, 3, 4_095, 4_096, 50_000]) {
      let at = member
      while (at > root) at >>= 1
      expect(lineage.isInSubtree({ root, member })).toBe(at === root)
    }
  }
  const { left, right } = { left: { root: 1, side: 'left' }, right: { root: 1, side: 'right' } } as const
  expect(lineage.teamSize(left) + lineage.teamSize(right)).toBe(members - 1)
  const all = lineage.walk({ root: 1 }, { skip: 0, take: members })
  expect(new Set(all).size).toBe(members - 1)
  expect(lineage.walk({ root: 1 }, { skip: 12_345, take: 50 })).toEqual(all.slice(12_345, 12_395))
  expectFast(lineage, members)
})
