import { network, networkFigures } from '@ev/db'
import { istMonth } from '@ev/domain'
import type { Verification } from './verification.ts'
import type { PlacedTree } from './verify-placed-members.ts'

/** Every pair is of members of the earner's legs who count while it stands, in order, in its month, and within the month's limit. */
export async function verifyTreePairs(
  { reader, found, plans, before, count }: Verification,
  { index, seqs }: PlacedTree,
): Promise<void> {
  const ordinals = new Map<number, number>()
  const inMonth = new Map<string, number>()
  for await (const page of network.pairPages(reader)) {
    for (const pair of page) {
      const subject = `pair ${pair.id} of member ${pair.userId}`
      const ordinal = (ordinals.get(pair.userId) ?? 0) + 1
      ordinals.set(pair.userId, ordinal)
      found.expectEqual('pair.ordinal', subject, { expected: ordinal, actual: pair.pairNumber })
      const monthKey = `${pair.userId}:${pair.month}`
      inMonth.set(monthKey, (inMonth.get(monthKey) ?? 0) + 1)
      count('pairs', 1)
      const isTakenOver = pair.id <= before.lastPairId
      if (!isTakenOver)
        found.expectEqual('pair.month', subject, { expected: istMonth(pair.matchedAt), actual: pair.month })
      found.expectEqual('pair.month_limit', subject, {
        expected: true,
        actual: isTakenOver || inMonth.get(monthKey)! <= plans.version(pair.planVersion).monthlyPairLimit,
      })
      const earner = seqs.get(pair.userId)
      found.expectEqual('pair.earner_placed', subject, { expected: true, actual: earner !== undefined })
      if (earner === undefined) continue
      const children = index.children(earner)
      for (const [side, member] of [
        ['left', pair.leftUserId],
        ['right', pair.rightUserId],
      ] as const) {
        const root = children[side]
        const seq = seqs.get(member)
        found.expectEqual('pair.member_in_leg', `${subject}, ${side} member ${member}`, {
          expected: true,
          actual: root !== null && seq !== undefined && index.isInSubtree({ root, member: seq }),
        })
        if (pair.status === 'reversed' || seq === undefined) continue
        found.expectEqual('pair.member_counts', `${subject}, ${side} member ${member}`, {
          expected: true,
          actual: index.node(seq).isQualified,
        })
      }
    }
  }
}

/** Every flush counts the members that it took, as many of one leg as of the other. */
export async function verifyFlushes({ reader, found, count }: Verification): Promise<void> {
  for (const { id, memberCount, left, right } of await networkFigures.flushes(reader)) {
    count('flushes', 1)
    found.expectEqual('flush.members', `flush ${id}`, {
      expected: `${memberCount / 2} and ${memberCount / 2}`,
      actual: `${left} and ${right}`,
    })
  }
}
