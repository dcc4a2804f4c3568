import { network, teams } from '@ev/db'
import { DomainError } from '@ev/domain'
import type { Actor } from '../deps.ts'
import { readBelow, type TreeNode } from './read-tree.ts'
import { type NetworkReaderDeps, sightOf } from './sight.ts'

/** A node that the actor may look at, with `depth` levels below it. Refuses with `network.node_not_found`. */
export async function readNode(
  deps: NetworkReaderDeps,
  { actor, seq, depth }: { actor: Actor; seq: number; depth: number },
): Promise<TreeNode> {
  const sight = await sightOf(deps, actor)
  const { read } = deps.db
  return readBelow(read, { root: await network.getNode(read, sight.require(seq)), depth })
}

/** The node of a member whom the actor may look at, as `readNode` has it. Refuses with `network.node_not_found` alike for a member without a place. */
export async function readNodeOf(
  deps: NetworkReaderDeps,
  { actor, userId, depth }: { actor: Actor; userId: number; depth: number },
): Promise<TreeNode> {
  const seq = await teams.seqOf(deps.db.read, userId)
  if (seq === null) throw new DomainError('network.node_not_found')
  return readNode(deps, { actor, seq, depth })
}
