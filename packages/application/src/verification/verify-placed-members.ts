import { networkFigures } from '@ev/db'
import type { NetworkMemory } from '../network/network-memory.ts'
import { listed } from './findings.ts'
import type { Verification } from './verification.ts'

const minuteMs = 60_000

/** Who stands where. */
export type PlacedTree = Pick<NetworkMemory, 'index' | 'seqs'>

type PlacedMember = Awaited<ReturnType<ReturnType<typeof networkFigures.readPlacements>>>[number]

/** Every member with a referrer has a place below them, and counts for pairs since the plan says. */
export async function verifyPlacedMembers(verification: Verification, tree: PlacedTree): Promise<void> {
  const { reader, found, before, count, settledBefore } = verification
  for await (const page of networkFigures.placementPages(reader)) {
    count('placements', page.length)
    for (const row of page) verifyPlace(verification, tree, row)
  }
  // Who came without a place from the replaced platform gets one when the worker first runs.
  for (const id of await networkFigures.unplacedMembers(reader, {
    joinedBefore: settledBefore,
    after: before.lastMemberId,
    limit: listed,
  })) {
    found.expectEqual('member.placed', `member ${id}`, { expected: true, actual: false })
  }
}

function verifyPlace(
  { found, plans, before, settledBefore }: Verification,
  { index, seqs }: PlacedTree,
  row: PlacedMember,
): void {
  const { seq, userId, user, sponsorSeq, level, placedAt, qualifiedAt } = row
  const subject = `placement ${seq} of member ${userId}`
  const referrerId = user.referredById === userId ? null : user.referredById
  found.expectEqual('placement.level', subject, { expected: index.depthOf(seq), actual: level })
  if (seq <= before.lastPlacementSeq) return
  found.expectEqual('placement.sponsor', subject, {
    expected: referrerId === null ? null : (seqs.get(referrerId) ?? null),
    actual: sponsorSeq,
  })
  // A plan that began just before may not have been there yet when the member was placed.
  const inEffect = plans.during({ from: new Date(placedAt.getTime() - minuteMs), to: placedAt })
  const isQualifiedInTime = inEffect.some(({ pairEligibility }) =>
    pairEligibility === 'placed'
      ? qualifiedAt?.getTime() === placedAt.getTime()
      : qualifiedAt === null || qualifiedAt >= placedAt,
  )
  found.expectEqual('placement.qualified_at', subject, { expected: true, actual: isQualifiedInTime })
  const hasSettled = user.updatedAt <= settledBefore
  const dependsOnSale = qualifiedAt === null || row.isQualifiedBySale
  if (dependsOnSale && hasSettled)
    found.expectEqual('member.qualified', `member ${userId}`, {
      expected: user.isActiveBuyer,
      actual: qualifiedAt !== null,
    })
}
