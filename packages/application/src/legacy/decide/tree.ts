import type { LegacyRecord, takeOver } from '@ev/db'
import { createNetworkIndex, type NetworkIndex, type Side } from '@ev/domain'
import type { Discrepancies } from '../discrepancies.ts'
import { idOf, idOrNull, instantOf, textOf } from '../values.ts'
import type { MemberRow } from './members.ts'

type PlacementRow = takeOver.NewRows['placements']

/** The tree as it is taken over, with the places of members by user id. */
export type DecidedTree = {
  readonly placements: PlacementRow[]
  readonly seqs: ReadonlyMap<number, number>
  readonly index: NetworkIndex
}

export type TreeSources = {
  readonly members: readonly MemberRow[]
  readonly found: Discrepancies
  readonly now: Date
  readonly month: string
}

/**
 * Every member stands where the replaced platform had them: in the order of placement, each behind the parent. Of two on one side the
 * later one, and whoever has no parent, goes to the first free place below the sponsor. All of them count for pairs by being placed, as they
 * did there.
 */
export function decideTree(nodes: readonly LegacyRecord[], sources: TreeSources): DecidedTree {
  const { members, found, now, month } = sources
  const referrers = new Map(members.map(({ id, referredById }) => [id!, referredById ?? null]))
  const usable = nodes.filter((row) => referrers.has(idOf(row, 'user_id')))
  for (const row of nodes) if (!referrers.has(idOf(row, 'user_id'))) found.add('row.orphan', `node ${idOf(row)}`)
  const index = createNetworkIndex({ month, capacity: usable.length + 1 })
  const seqs = new Map<number, number>()
  const seqOfNode = new Map<number, number>()
  const placements: PlacementRow[] = []
  for (const row of parentsFirst(usable)) {
    const userId = idOf(row, 'user_id')
    const seq = index.size() + 1
    const sponsor = seqs.get(referrers.get(userId) ?? 0) ?? null
    const slot = slotOf(row, { index, seqOfNode, sponsor, found })
    if (slot === null) index.addRoot({ seq, sponsor, qualified: true })
    else index.place({ seq, sponsor: sponsor ?? slot.parent, ...slot, qualified: true })
    seqs.set(userId, seq)
    seqOfNode.set(idOf(row), seq)
    const placedAt = instantOf(row, 'created_at', now)
    placements.push({
      seq,
      userId,
      sponsorSeq: slot === null ? sponsor : (sponsor ?? slot.parent),
      parentSeq: slot?.parent ?? null,
      side: slot?.side ?? null,
      level: index.depthOf(seq),
      placedAt,
      qualifiedAt: placedAt,
    })
  }
  reportCounts(usable, { index, seqOfNode, found })
  return { placements, seqs, index }
}

/** By time and id, but each parent before its children; a circle of parents is cut at its oldest node. */
function parentsFirst(nodes: readonly LegacyRecord[]): LegacyRecord[] {
  const inTime = [...nodes].sort(
    (a, b) => (a['created_at'] ?? '').localeCompare(b['created_at'] ?? '') || idOf(a) - idOf(b),
  )
  const byId = new Map(nodes.map((row) => [idOf(row), row]))
  const seen = new Set<LegacyRecord>()
  const inOrder: LegacyRecord[] = []
  for (const row of inTime) {
    const waiting: LegacyRecord[] = []
    for (let at: LegacyRecord | undefined = row; at && !seen.has(at); at = byId.get(idOrNull(at, 'parent_id') ?? 0)) {
      waiting.push(at)
      seen.add(at)
    }
    inOrder.push(...waiting.reverse())
  }
  return inOrder
}

function slotOf(
  row: LegacyRecord,
  {
    index,
    seqOfNode,
    sponsor,
    found,
  }: { index: NetworkIndex; seqOfNode: ReadonlyMap<number, number>; sponsor: number | null; found: Discrepancies },
): { parent: number; side: Side } | null {
  const subject = `node ${idOf(row)} of member ${idOf(row, 'user_id')}`
  const parentId = idOrNull(row, 'parent_id')
  if (parentId === null) return null
  const parent = seqOfNode.get(parentId)
  const side = sideOf(row)
  if (parent === undefined) {
    const slot = sponsor === null ? null : index.findSlot({ sponsor })
    found.add('tree.parent_missing', subject, {
      note: slot ? `now ${slot.side} of place ${slot.parent}` : 'now a root',
    })
    return slot
  }
  if (side !== null && index.children(parent)[side] === null) return { parent, side }
  const slot = index.findSlot({ sponsor: sponsor ?? parent })
  found.add('tree.side_taken', subject, {
    note: `${side ?? 'no side'} of node ${parentId}, now ${slot.side} of place ${slot.parent}`,
  })
  return slot
}

function sideOf(row: LegacyRecord): Side | null {
  const text = textOf(row, 'side', 5).toLowerCase()
  return text === 'left' || text === 'right' ? text : null
}

function reportCounts(
  nodes: readonly LegacyRecord[],
  { index, seqOfNode, found }: { index: NetworkIndex; seqOfNode: ReadonlyMap<number, number>; found: Discrepancies },
): void {
  let differing = 0
  for (const row of nodes) {
    const { left, right } = index.legs(seqOfNode.get(idOf(row))!)
    if (left.team !== Number(row['left_count']) || right.team !== Number(row['right_count'])) differing += 1
  }
  if (differing > 0) found.add('tree.counts', `${differing} of ${nodes.length} nodes`)
}
