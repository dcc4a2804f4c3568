import type { MemberRecord } from './member-record.ts'

export const networkShapes = ['balanced', 'random', 'recent', 'chain', 'caterpillar'] as const

/**
 * Who refers whom, and with it the form of the tree. `balanced`: the first refers everybody. `random`: anyone before. `recent`: one of the
 * last hundred. `chain`: the one before. `caterpillar`: each of a chain refers the next of it and one more.
 */
export type NetworkShape = (typeof networkShapes)[number]

export const mostGenerated = 5_000_000
const recentMembers = 100
const firstJoined = Date.UTC(2025, 0, 1)
const yearMs = 365 * 86_400_000

/** The records of a network, its members joining evenly over the year 2025. The same numbers give the same records. `members` is 1 to five million. */
export function* generateMembers({
  members,
  shape,
  seed,
}: {
  members: number
  shape: NetworkShape
  seed: number
}): Generator<MemberRecord> {
  if (!Number.isInteger(members) || members < 1 || members > mostGenerated)
    throw new Error(`A network has 1 to ${mostGenerated} members.`)
  const random = numbersFrom(seed)
  for (let nth = 1; nth <= members; nth += 1) {
    yield {
      line: nth + 1,
      member: codeOf(nth),
      sponsor: nth === 1 ? '' : codeOf(sponsorOf(shape, nth, random)),
      joinedAt: new Date(firstJoined + Math.floor((nth * yearMs) / (members + 1))).toISOString(),
      side: '',
    }
  }
}

const codeOf = (nth: number) => `M${String(nth).padStart(7, '0')}`

function sponsorOf(shape: NetworkShape, nth: number, random: (below: number) => number): number {
  switch (shape) {
    case 'balanced':
      return 1
    case 'random':
      return 1 + random(nth - 1)
    case 'recent':
      return nth - 1 - random(Math.min(recentMembers, nth - 1))
    case 'chain':
      return nth - 1
    case 'caterpillar':
      // 2 and 3 hang below 1, 4 and 5 below 2, 6 and 7 below 4: the first of each two carries on.
      return nth <= 3 ? 1 : nth - (nth % 2 === 0 ? 2 : 3)
  }
}

/** Whole numbers below a bound, the same for a seed: a linear congruential generator with the constants of Numerical Recipes. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
