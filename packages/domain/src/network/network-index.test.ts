import { describe, expect, test } from 'vitest'
import { createNetworkIndex, type NetworkIndex } from './network-index.ts'
import type { Side } from './placement.ts'

const rules = { monthlyLimit: 10, pairCap: 'carry_forward' } as const

function anIndex(): NetworkIndex {
  const index = createNetworkIndex({ month: '2026-11', capacity: 1 })
  index.addRoot({ seq: 1, qualified: true })
  return index
}

/** Places the next member at the first free slot without matching. */
function add(index: NetworkIndex, sponsor: number, options: { side?: Side; qualified?: boolean } = {}): number {
  const seq = index.size() + 1
  const slot = index.findSlot({ sponsor, side: options.side })
  index.place({ seq, sponsor, ...slot, qualified: options.qualified ?? true })
  return seq
}

function addToBothLegs(index: NetworkIndex, count: number): void {
  for (let added = 0; added < count; added += 1) {
    add(index, 1, { side: 'left' })
    add(index, 1, { side: 'right' })
  }
}

describe('placing', () => {
  test('a slot is found without being taken', () => {
    const index = anIndex()
    expect(index.findSlot({ sponsor: 1 })).toEqual({ parent: 1, side: 'left' })
    expect(index.findSlot({ sponsor: 1 })).toEqual({ parent: 1, side: 'left' })
    expect(index.size()).toBe(1)
  })

  test('an asked leg is filled in level order while the other one is empty', () => {
    const index = anIndex()
    for (let placed = 0; placed < 4; placed += 1) add(index, 1, { side: 'right' })
    expect(index.children(1)).toEqual({ left: null, right: 2 })
    expect(index.children(2)).toEqual({ left: 3, right: 4 })
    expect(index.children(3)).toEqual({ left: 5, right: null })
    expect(index.findSlot({ sponsor: 1 })).toEqual({ parent: 1, side: 'left' })
  })

  test('an unknown sponsor, member or parent is refused', () => {
    const index = anIndex()
    const refusal = expect.objectContaining({ code: 'network.node_not_found' })
    const unplaced = { seq: 2, sponsor: 1, side: 'left', qualified: true } as const
    expect(() => index.findSlot({ sponsor: 2 })).toThrow(refusal)
    expect(() => index.findSlot({ sponsor: 0 })).toThrow(refusal)
    expect(() => index.legs(1.5)).toThrow(refusal)
    expect(() => index.qualify(2)).toThrow(refusal)
    expect(() => index.matchNode(2, rules)).toThrow(refusal)
    expect(() => index.isInSubtree({ root: 1, member: 2 })).toThrow(refusal)
    expect(() => index.place({ ...unplaced, parent: 2 })).toThrow(refusal)
    expect(index.size()).toBe(1)
  })

  test('a taken slot and a gap in the sequence are faults', () => {
    const index = anIndex()
    const placement = { seq: 2, sponsor: 1, parent: 1, side: 'left', qualified: true } as const
    index.place(placement)
    expect(() => index.place({ ...placement, seq: 3 })).toThrow('The left slot below 1 is taken by 2.')
    expect(() => index.place({ ...placement, seq: 4, side: 'right' })).toThrow(
      'Placement 4 does not follow placement 2.',
    )
    expect(() => index.addRoot({ seq: 2, qualified: true })).toThrow('Placement 2 does not follow placement 2.')
    expect(index.children(1)).toEqual({ left: 2, right: null })
  })

  test('a subtree holds its top and what is below, and nothing else', () => {
    const index = anIndex()
    for (let placed = 0; placed < 6; placed += 1) add(index, 1)
    index.addRoot({ seq: 8, qualified: true })
    expect(index.uplineOf(4)).toEqual([2, 1])
    expect([2, 4, 5].map((member) => index.isInSubtree({ root: 2, member }))).toEqual([true, true, true])
    expect([1, 3, 6, 7, 8].map((member) => index.isInSubtree({ root: 2, member }))).toEqual(Array(5).fill(false))
    expect(index.isInSubtree({ root: 1, member: 8 })).toBe(false)
    expect([1, 2, 4, 8].map((seq) => index.depthOf(seq))).toEqual([0, 1, 2, 0])
  })
})

describe('matching', () => {
  test('a placement tells of the pairs of every ancestor, the nearest first', () => {
    const index = anIndex()
    for (let placed = 0; placed < 5; placed += 1) add(index, 1)
    for (const seq of [1, 2, 3]) index.matchNode(seq, rules)
    const pairs = index.placeAndMatch({ seq: 7, sponsor: 1, parent: 3, side: 'right', qualified: true }, rules)
    expect(pairs).toEqual([
      { earner: 3, ordinal: 1, left: 6, right: 7, month: '2026-11' },
      { earner: 1, ordinal: 3, left: 5, right: 7, month: '2026-11' },
    ])
  })

  test('a member who qualifies late is used before younger ones that were not used yet', () => {
    const index = anIndex()
    add(index, 1, { side: 'left', qualified: false })
    addToBothLegs(index, 1)
    expect(index.matchNode(1, rules)).toMatchObject([{ ordinal: 1, left: 3, right: 4 }])
    addToBothLegs(index, 2)
    expect(index.qualify(2)).toBe(true)
    expect(index.qualify(2)).toBe(false)
    expect(index.matchNode(1, rules)).toMatchObject([
      { ordinal: 2, left: 2, right: 6 },
      { ordinal: 3, left: 5, right: 8 },
    ])
    expect(index.legs(1).left).toEqual({ team: 4, qualified: 4, consumed: 3, unmatched: 1 })
  })

  test('qualifying twice makes no pair twice', () => {
    const index = anIndex()
    add(index, 1, { qualified: false })
    add(index, 1)
    expect(index.qualifyAndMatch(2, rules)).toMatchObject([{ earner: 1, left: 2, right: 3 }])
    expect(index.qualifyAndMatch(2, rules)).toEqual([])
    expect(index.matchNode(1, rules)).toEqual([])
  })
})

test('placing a member that does not count matches nobody, also when the limit has grown meanwhile', () => {
  const index = anIndex()
  addToBothLegs(index, 2)
  expect(index.matchNode(1, { monthlyLimit: 1 })).toHaveLength(1)
  const seq = index.size() + 1
  const placed = { seq, sponsor: 1, ...index.findSlot({ sponsor: 1 }) }
  expect(index.placeAndMatch({ ...placed, qualified: false }, { monthlyLimit: 2 })).toEqual([])
  const made = index.qualifyAndMatch(seq, { monthlyLimit: 2 })
  expect(made.filter(({ earner }) => earner === 1)).toMatchObject([{ ordinal: 2, left: 4, right: 5 }])
})

describe('losing a qualification', () => {
  test('undoes the pair, and the other member comes before younger ones again', () => {
    const index = anIndex()
    addToBothLegs(index, 2)
    expect(index.matchNode(1, { monthlyLimit: 1 })).toMatchObject([{ ordinal: 1, left: 2, right: 3 }])
    const use = { pairs: [{ earner: 1, partner: 2 }], flushedBy: [] }
    expect(index.disqualifyAndMatch(3, use, rules)).toMatchObject([{ ordinal: 2, left: 2, right: 5 }])
    expect(index.legs(1).left).toEqual({ team: 2, qualified: 2, consumed: 1, unmatched: 1 })
    expect(index.legs(1).right).toEqual({ team: 2, qualified: 1, consumed: 1, unmatched: 0 })
    expect(index.node(1)).toMatchObject({ pairsMade: 2, pairsThisMonth: 2 })
    expect(index.disqualifyAndMatch(3, use, rules)).toEqual([])
    expect(index.qualifyAndMatch(3, rules)).toMatchObject([{ ordinal: 3, left: 4, right: 3 }])
  })

  test('of a waiting member takes it out of its leg, and counting again puts it there once', () => {
    const index = anIndex()
    addToBothLegs(index, 1)
    index.matchNode(1, rules)
    const waiting = add(index, 1, { side: 'left', qualified: false })
    const none = { pairs: [], flushedBy: [] }
    for (let again = 0; again < 3; again += 1) {
      index.qualifyAndMatch(waiting, rules)
      expect(index.legs(1).left.unmatched).toBe(1)
      expect(index.disqualifyAndMatch(waiting, none, rules)).toEqual([])
      expect(index.legs(1).left.unmatched).toBe(0)
    }
    index.qualifyAndMatch(waiting, rules)
    add(index, 1, { side: 'right' })
    add(index, 1, { side: 'right' })
    expect(index.matchNode(1, rules)).toMatchObject([{ ordinal: 2, left: waiting }])
  })

  test('does not bring back what a flush took', () => {
    const index = anIndex()
    addToBothLegs(index, 2)
    index.rollMonth('2026-12', { monthlyLimit: 1, pairCap: 'flush' })
    index.disqualifyAndMatch(2, { pairs: [], flushedBy: [1] }, rules)
    expect(index.legs(1).left).toEqual({ team: 2, qualified: 1, consumed: 1, unmatched: 0 })
    add(index, 1, { side: 'right' })
    expect(index.qualifyAndMatch(2, rules)).toEqual([])
    expect(index.legs(1).left).toEqual({ team: 2, qualified: 2, consumed: 2, unmatched: 0 })
  })

  test('counts a reversed pair in the limit of its month', () => {
    const index = anIndex()
    addToBothLegs(index, 2)
    index.matchNode(1, { monthlyLimit: 1 })
    const use = { pairs: [{ earner: 1, partner: 3 }], flushedBy: [] }
    expect(index.disqualifyAndMatch(2, use, { monthlyLimit: 1 })).toEqual([])
    expect(index.pairable()).toContain(1)
    expect(index.rollMonth('2026-12', rules).pairs).toContainEqual({
      ...{ earner: 1, ordinal: 2, left: 4, right: 3, month: '2026-12' },
    })
  })

  test('used twice by the same earner is a fault', () => {
    const index = anIndex()
    addToBothLegs(index, 1)
    const use = { pairs: [{ earner: 1, partner: 3 }], flushedBy: [1] }
    expect(() => index.disqualifyAndMatch(2, use, rules)).toThrow('is used by 1 twice')
  })

  test('used by someone who is not above is a fault', () => {
    const index = anIndex()
    addToBothLegs(index, 1)
    const use = { pairs: [{ earner: 3, partner: 1 }], flushedBy: [] }
    expect(() => index.disqualifyAndMatch(2, use, rules)).toThrow('is used by 3, who is not above')
  })
})

describe('the month', () => {
  test('at the limit both legs carry forward and are matched when the next month begins', () => {
    const index = anIndex()
    addToBothLegs(index, 12)
    expect(index.matchNode(1, rules)).toHaveLength(10)
    expect(index.matchNode(1, rules)).toEqual([])
    expect(index.legs(1)).toMatchObject({ left: { unmatched: 2 }, right: { unmatched: 2 } })
    expect(index.pairable()).toContain(1)

    for (const earner of index.pairable()) index.matchNode(earner, rules)
    expect(index.pairable()).toEqual([1])
    const { flushes, pairs } = index.rollMonth('2026-12', rules)
    expect(flushes).toEqual([])
    expect(pairs.map(({ earner, ordinal, month }) => ({ earner, ordinal, month }))).toEqual([
      { earner: 1, ordinal: 11, month: '2026-12' },
      { earner: 1, ordinal: 12, month: '2026-12' },
    ])
    expect(index.node(1)).toMatchObject({ pairsMade: 12, pairsThisMonth: 2 })
    expect(index.pairable()).toEqual([])
  })

  test('under flush the smaller leg is lost from both, and the rest of the larger one stays', () => {
    const index = anIndex()
    addToBothLegs(index, 3)
    add(index, 1, { side: 'left' })
    expect(index.matchNode(1, { monthlyLimit: 1 })).toMatchObject([{ left: 2, right: 3 }])
    for (const earner of [2, 3]) index.matchNode(earner, rules)
    const { flushes, pairs } = index.rollMonth('2027-01', { monthlyLimit: 1, pairCap: 'flush' })
    expect(flushes).toEqual([{ earner: 1, month: '2026-11', left: [4, 6], right: [5, 7] }])
    expect(pairs).toEqual([])
    expect(index.legs(1).left).toEqual({ team: 4, qualified: 4, consumed: 3, unmatched: 1 })
    expect(index.legs(1).right).toEqual({ team: 3, qualified: 3, consumed: 3, unmatched: 0 })
    add(index, 1, { side: 'right' })
    expect(index.matchNode(1, rules)).toEqual([{ earner: 1, ordinal: 2, left: 8, right: 9, month: '2027-01' }])
  })

  test('the same or an earlier month changes nothing', () => {
    const index = anIndex()
    addToBothLegs(index, 2)
    index.matchNode(1, { monthlyLimit: 1 })
    for (const month of ['2026-11', '2026-10']) {
      expect(index.rollMonth(month, { monthlyLimit: 1, pairCap: 'flush' })).toEqual({ flushes: [], pairs: [] })
    }
    expect(index.month()).toBe('2026-11')
    expect(index.matchNode(1, { monthlyLimit: 1 })).toEqual([])
  })

  test('a month in another form is a fault', () => {
    expect(() => createNetworkIndex({ month: '2026-13' })).toThrow('is not a month')
    expect(() => anIndex().rollMonth('2027-1', rules)).toThrow('is not a month')
  })
})
