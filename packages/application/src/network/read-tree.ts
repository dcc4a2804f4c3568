import { network, type Reader, users } from '@ev/db'
import { DomainError } from '@ev/domain'

/** A node with the nodes below it, as deep as was asked. */
export type TreeNode = network.NodeRow & { readonly left: TreeNode | null; readonly right: TreeNode | null }

/** A member's own node. Refuses with `network.placement_pending` while a referred member waits for a place, else `network.not_placed`. */
export async function ownNode(reader: Reader, userId: number): Promise<network.NodeRow> {
  const node = await network.findNodeOf(reader, userId)
  if (node) return node
  const { referredById } = await users.get(reader, userId)
  throw new DomainError(referredById === null ? 'network.not_placed' : 'network.placement_pending')
}

/** A member's tree, `depth` levels below the own node. */
export async function readTree(
  reader: Reader,
  { userId, depth }: { userId: number; depth: number },
): Promise<TreeNode> {
  return readBelow(reader, { root: await ownNode(reader, userId), depth })
}

/** A node with `depth` levels below it; one query a level. */
export async function readBelow(
  reader: Reader,
  { root, depth }: { root: network.NodeRow; depth: number },
): Promise<TreeNode> {
  const levels: network.NodeRow[][] = [[root]]
  while (levels.length <= depth && levels.at(-1)!.length > 0) {
    levels.push(
      await network.childrenOf(
        reader,
        levels.at(-1)!.map(({ seq }) => seq),
      ),
    )
  }
  const below = new Map<string, network.NodeRow>(
    levels
      .slice(1)
      .flat()
      .map((node) => [`${node.parentSeq}:${node.side}`, node]),
  )
  const build = (node: network.NodeRow): TreeNode => {
    const child = (side: 'left' | 'right') => {
      const found = below.get(`${node.seq}:${side}`)
      return found ? build(found) : null
    }
    return { ...node, left: child('left'), right: child('right') }
  }
  return build(root)
}
