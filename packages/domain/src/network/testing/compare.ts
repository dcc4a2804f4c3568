import { expect } from 'vitest'
import type { NetworkIndex } from '../network-index.ts'
import type { Run } from './scenario.ts'

export function everyone(index: NetworkIndex): number[] {
  return Array.from({ length: index.size() }, (_, at) => at + 1)
}

/** Everything that can be read from an index, for comparing two of them. */
export function observe(index: NetworkIndex): unknown {
  return {
    month: index.month(),
    pairable: index.pairable(),
    nodes: everyone(index).map((seq) => ({
      ...index.node(seq),
      ...{ legs: index.legs(seq), children: index.children(seq), upline: index.uplineOf(seq) },
      ...{ next: index.findSlot({ sponsor: seq }), nextLeft: index.findSlot({ sponsor: seq, side: 'left' }) },
      nextRight: index.findSlot({ sponsor: seq, side: 'right' }),
    })),
  }
}

/** Every position, count, pair and flush of the run's index is what the slow model says. */
export function expectSameAsSlow({ index, slow, log }: Run): void {
  const pairs = byEarner(log.pairs)
  const flushes = byEarner(log.flushes)
  const decided = everyone(index).map((seq) => {
    const { sponsor, position, depth } = index.node(seq)
    return {
      position: { sponsor, parent: position?.parent ?? null, side: position?.side ?? null, level: depth },
      counts: index.legs(seq),
      pairs: (pairs.get(seq) ?? []).map(({ earner: _, ordinal: number, ...pair }) => ({ number, ...pair })),
      flushes: (flushes.get(seq) ?? []).map(({ month, left, right }) => ({ month, left, right })),
    }
  })
  const right = slow.members().map((member) => ({
    position: slow.position(member),
    counts: slow.counts(member),
    pairs: slow.pairs(member),
    flushes: slow.flushes(member),
  }))
  expect(decided).toEqual(right)
}

function byEarner<D extends { earner: number }>(decisions: D[]): Map<number, D[]> {
  const grouped = new Map<number, D[]>()
  for (const decision of decisions) {
    const earlier = grouped.get(decision.earner)
    if (earlier === undefined) grouped.set(decision.earner, [decision])
    else earlier.push(decision)
  }
  return grouped
}
