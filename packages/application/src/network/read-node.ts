import { network } from '@ev/db'
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
