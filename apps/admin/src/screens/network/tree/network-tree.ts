import type { TreeNode } from './node-state.ts'

/** A position without those below it: `left` and `right` are their ids where they are known. */
export type Member = Omit<TreeNode, 'left' | 'right'> & {
  readonly left: number | null
  readonly right: number | null
  /** Whether those directly below have been loaded. */
  readonly isLoaded: boolean
}

/** The part of the network that the browser knows, and what of it is shown: those below an open position. Never changed, always made anew. */
export type NetworkTree = {
  readonly rootId: number
  readonly members: ReadonlyMap<number, Member>
  readonly open: ReadonlySet<number>
}

/** More positions are never shown at once: what is farthest from where one looks is folded. */
export const mostShown = 400

export const teamOf = ({ left_team, right_team }: Pick<Member, 'left_team' | 'right_team'>): number =>
  left_team + right_team

/** A tree from the API's answer with `depth` levels, all of them open. */
export function planted(root: TreeNode, depth: number): NetworkTree {
  return grown({ rootId: root.id, members: new Map(), open: new Set() }, root, depth)
}

/** The tree with what the API has answered of one position and `depth` levels below it; those levels are open. */
export function grown(tree: NetworkTree, answer: TreeNode, depth: number): NetworkTree {
  const [members, open] = [new Map(tree.members), new Set(tree.open)]
  const take = (node: TreeNode, levels: number) => {
    const known = members.get(node.id)
    const isLoaded = levels > 0 || teamOf(node) === 0
    const children = isLoaded
      ? { left: node.left?.id ?? null, right: node.right?.id ?? null, isLoaded }
      : { left: known?.left ?? null, right: known?.right ?? null, isLoaded: known?.isLoaded ?? false }
    members.set(node.id, { ...node, ...children })
    if (levels > 0 && teamOf(node) > 0) open.add(node.id)
    if (node.left) take(node.left, levels - 1)
    if (node.right) take(node.right, levels - 1)
  }
  take(answer, depth)
  return { ...tree, members, open }
}

/** The positions directly below that are known, the left one first. */
export function childrenOf(tree: NetworkTree, id: number): number[] {
  const member = tree.members.get(id)
  return [member?.left, member?.right].filter((child) => child !== null && child !== undefined)
}

/** The positions that are shown, each before those below it. */
export function shown(tree: NetworkTree): number[] {
  const ids: number[] = []
  const waiting = [tree.rootId]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    ids.push(id)
    if (tree.open.has(id)) waiting.push(...childrenOf(tree, id).reverse())
  }
  return ids
}

/** The tree with nothing shown below a position, and with what was known of it forgotten. */
export function folded(tree: NetworkTree, id: number): NetworkTree {
  const [members, open] = [new Map(tree.members), new Set(tree.open)]
  const forget = (below: number) => {
    for (const child of childrenOf(tree, below)) {
      forget(child)
      members.delete(child)
      open.delete(child)
    }
  }
  forget(id)
  const member = members.get(id)
  if (member) members.set(id, { ...member, left: null, right: null, isLoaded: teamOf(member) === 0 })
  open.delete(id)
  return { ...tree, members, open }
}

/**
 * The tree with at most `most` positions shown. Those are folded first that are farthest from `keep` along the lines of the tree; the way from
 * the root to `keep` stays.
 */
export function trimmed(tree: NetworkTree, { keep, most = mostShown }: { keep: number; most?: number }): NetworkTree {
  let trimmedTree = tree
  let count = shown(tree).length
  if (count <= most) return tree
  const distances = distancesFrom(tree, keep)
  const way = new Set(wayTo(tree, keep))
  const foldable = shown(tree)
    .filter((id) => tree.open.has(id) && !way.has(id))
    .sort((a, b) => (distances.get(b) ?? 0) - (distances.get(a) ?? 0))
  for (const id of foldable) {
    if (count <= most) break
    if (!trimmedTree.open.has(id)) continue
    trimmedTree = folded(trimmedTree, id)
    count = shown(trimmedTree).length
  }
  return trimmedTree
}

/** The positions from the root down to one, both included; empty for one that is not known. */
export function wayTo({ rootId, members }: NetworkTree, id: number): number[] {
  const way: number[] = []
  for (let at = members.get(id); at; at = at.parent === null ? undefined : members.get(at.parent)) {
    way.unshift(at.id)
    if (at.id === rootId) return way
  }
  return []
}

/** How many lines of the tree lie between one position and each that is shown. */
function distancesFrom(tree: NetworkTree, from: number): Map<number, number> {
  const distances = new Map([[from, 0]])
  const queue = [from]
  for (const id of queue) {
    const parent = id === tree.rootId ? null : (tree.members.get(id)?.parent ?? null)
    for (const next of [...childrenOf(tree, id), ...(parent === null ? [] : [parent])]) {
      if (distances.has(next) || !tree.members.has(next)) continue
      distances.set(next, distances.get(id)! + 1)
      queue.push(next)
    }
  }
  return distances
}
