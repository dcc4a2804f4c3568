import { teams } from '@ev/db'
import type { Side } from '@ev/domain'
import type { Actor } from '../deps.ts'
import { type NetworkReaderDeps, sightOf } from './sight.ts'

/** Someone above a node, and the leg in which the node counts for them. */
export type UplineMember = teams.TeamMember & { readonly leg: Side }

/**
 * Those above a node, the parent first: up to oneself for a member, up to the root for staff. At most `take` of those above the level
 * `above`, or from the parent on when it is null. Refuses with `network.node_not_found`.
 */
export async function readUpline(
  deps: NetworkReaderDeps,
  { actor, seq, above, take }: { actor: Actor; seq: number; above: number | null; take: number },
): Promise<UplineMember[]> {
  const sight = await sightOf(deps, actor)
  const member = sight.require(seq)
  const { lineage } = sight
  const highest = sight.seesAll ? 0 : lineage.depthOf(sight.own!)
  const nearest = Math.min(above ?? Number.POSITIVE_INFINITY, lineage.depthOf(member)) - 1
  const seqs: number[] = []
  for (let depth = nearest; depth >= highest && seqs.length < take; depth -= 1) {
    seqs.push(lineage.ancestorAt({ member, depth }))
  }
  const rows = await teams.findBySeq(deps.db.read, seqs)
  return rows.map((row) => ({ ...row, leg: lineage.legOf({ root: row.seq, member })! }))
}
