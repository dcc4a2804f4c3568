import { network, type Reader } from '@ev/db'
import { createNetworkIndex, istMonth, type NetworkIndex, type PlacementRecord } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { loadNetwork, type NetworkMemory } from '../network/network-memory.ts'
import type { Difference, Findings, Progress } from './findings.ts'
import { type Verification, type VerifyOptions, verifying } from './verification.ts'
import { verifyLegs } from './verify-legs.ts'
import { type PlacedTree, verifyPlacedMembers } from './verify-placed-members.ts'
import { verifyFlushes, verifyTreePairs } from './verify-tree-pairs.ts'

/**
 * Replays the placement log and the pairs and compares: every placement at the first free slot of its sponsor's subtree or leg, every
 * pair of members inside their legs who count while it stands, with ordinals without gaps and no more than the month's limit, no pair missing, and every stored count.
 * Members and pairs that were taken over stand where they stood. Answers every difference; `checks.ts` lists the checks.
 */
export function verifyTree(deps: Pick<Deps, 'db' | 'clock'>, options: VerifyOptions): Promise<Difference[]> {
  return verifying(deps, options, (verification) => verifyLog(verification, options.progress))
}

async function verifyLog(verification: Verification, progress: Progress): Promise<void> {
  const { reader, found, before, now } = verification
  const head = await network.findHead(reader)
  const month = head?.month ?? istMonth(now)
  progress('placements in level order')
  const tree = await verifyPlacements(reader, found, { month, levelOrderAfter: before.lastPlacementSeq })
  // Without the placements there is nothing to hold the pairs and the counts against.
  if (tree === null) return
  found.expectEqual('head.last_seq', 'network head', { expected: tree.index.size(), actual: head?.lastSeq ?? 0 })
  progress('members and their places')
  await verifyPlacedMembers(verification, tree)
  progress('pairs and flushes')
  await verifyTreePairs(verification, tree)
  await verifyFlushes(verification)
  progress('rebuilding the tree from its log')
  const memory = await rebuilt(reader, found, {
    month,
    version: head?.version ?? 0,
    lastSeq: tree.index.size(),
  })
  if (memory === null) return
  progress('leg counts')
  await verifyLegs(verification, memory, {
    mayBeLate: head?.legsBehind ?? false,
    mayWait: head?.matchingBehind ?? false,
  })
}

/** The tree as its log says; null, with the contradiction as a difference, when the log cannot be what happened. */
async function rebuilt(
  reader: Reader,
  found: Findings,
  head: Parameters<typeof loadNetwork>[1],
): Promise<NetworkMemory | null> {
  try {
    return await loadNetwork(reader, head)
  } catch (error) {
    found.expectEqual('log.rebuild', 'pairs and flushes', { expected: 'no contradiction', actual: String(error) })
    return null
  }
}

/** Replays the placements. Null after one that cannot be replayed, which is then among the differences. */
async function verifyPlacements(
  reader: Reader,
  found: Findings,
  { month, levelOrderAfter }: { month: string; levelOrderAfter: number },
): Promise<PlacedTree | null> {
  const tree: PlacedTree = { index: createNetworkIndex({ month }), seqs: new Map() }
  for await (const page of network.placementPages(reader)) {
    for (const { userId, ...placement } of page) {
      const { seq } = placement
      found.expectEqual('placement.sequence', `placement ${seq}`, { expected: tree.index.size() + 1, actual: seq })
      try {
        replay(tree.index, found, placement, { isInLevelOrder: seq > levelOrderAfter })
      } catch (error) {
        found.expectEqual('placement.replay', `placement ${seq}`, { expected: 'a free place', actual: String(error) })
        return null
      }
      tree.seqs.set(userId, seq)
    }
  }
  return tree
}

function replay(
  index: NetworkIndex,
  found: Findings,
  placement: PlacementRecord,
  { isInLevelOrder }: { isInLevelOrder: boolean },
): void {
  const { seq, sponsor, parent, side, qualified } = placement
  if (parent === null || side === null || sponsor === null) {
    index.addRoot({ seq, sponsor, qualified })
  } else {
    const here = `${parent} ${side}`
    const allowed = ([undefined, 'left', 'right'] as const).map((asked) => {
      const slot = index.findSlot({ sponsor, side: asked })
      return `${slot.parent} ${slot.side}`
    })
    found.expectEqual('placement.slot', `placement ${seq}`, {
      expected: !isInLevelOrder || allowed.includes(here) ? here : allowed.join(' or '),
      actual: here,
    })
    index.place({ seq, sponsor, parent, side, qualified })
  }
}
