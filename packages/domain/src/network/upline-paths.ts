import type { TreeColumns } from './tree-columns.ts'

/** What is added to a leg and to every leg above it. */
export type LegChange = { readonly team: number; readonly qualified: number }

/** Whom a change concerns beyond its being counted, both by falling number, so nearest first. */
export type Concerned = {
  /** Nodes above that can pair as soon as one more member of the changed leg counts. */
  readonly ready: number[]
  /** Legs above whose search for the oldest unmatched member has gone past the one that was asked about. */
  readonly passed: number[]
}

/**
 * Counts that go up to the root of the tree without a walk to the root, in any shape of tree: a link-cut tree (D. D. Sleator and R. E. Tarjan,
 * "A data structure for dynamic trees", 1983; with splay trees: "Self-adjusting binary search trees", 1985). O(log n) amortized for each operation.
 *
 * The tree is cut into paths that lead downwards; each node goes on into one leg at most. The nodes of a path form a search tree by depth, in which
 * "one more for the whole path" is noted at the top and handed down only when somebody looks. So `team` and `qualified` of the leg that a path goes
 * through are true only after `settle`; every other column, and the legs that no path goes through, are always true. Each search tree also knows
 * whether anybody in it would pair if one more counted, and how far the legs' searches have gone at most, so those concerned are found
 * without asking the others.
 */
export type UplinePaths = {
  /** Takes in a new node that hangs in `leg`, or in none: 0. */
  append(node: number, leg: number): void
  /** Adds to the leg and to each leg above in which it lies, and notes all their nodes as changed. */
  add(leg: number, change: LegChange): void
  /** Of the node of `leg` and those above, the concerned: who has passed `member` and, if that is asked, who is ready under the month's limit. */
  concerned(leg: number, asked: { member: number; ready: boolean }): Concerned
  /** The leg of `above` in which `leg` lies, or `leg` itself for its own node; 0 for a node that is not above. */
  legAbove(above: number, leg: number): number
  /** Makes what the node's legs hold true, and notes all who were still to hear of a change with it. */
  settle(node: number): void
  /** To be called for a settled node when something else than its legs' sizes has changed: what is consumed, passed, or made this month. */
  renew(node: number): void
  settleAll(): void
  /** Settles everything and forgets the paths: for changes that concern everybody. */
  dissolve(): void
  /** Under which limit of a month `concerned` calls somebody ready. */
  useLimit(monthlyLimit: number): void
}

/**
 * A node's numbers lie side by side, so that a look at it costs one line of the cache. `link`: the parent in the search tree; at its top, negated, the
 * leg that the path hangs in; 0 above a root. `upper` and `lower`: the children in the search tree, nearer to and further from the root.
 * `leg`: through which the path goes on, 0 at its end. `team`, `qualified`: what the children are still to be told. `own`: twice how far the leg's
 * search has gone, and 1 if the node is ready. `all`: the greatest search of the subtree, twice, and 1 if anybody is ready.
 */
const link = 0
const upper = 1
const lower = 2
const pathLeg = 3
const team = 4
const qualified = 5
const own = 6
const all = 7
const width = 8

export function createUplinePaths(columns: TreeColumns): UplinePaths {
  let nodes = new Int32Array(width * columns.position.length)
  let limit = 0
  const waiting: number[] = []

  function tell(node: number, moreTeam: number, moreQualified: number): void {
    if (node === 0) return
    const at = node * width
    const leg = nodes[at + pathLeg]!
    columns.team[leg]! += moreTeam
    columns.qualified[leg]! += moreQualified
    columns.changed.add(node)
    nodes[at + team]! += moreTeam
    nodes[at + qualified]! += moreQualified
  }

  function handDown(node: number): void {
    const at = node * width
    const moreTeam = nodes[at + team]!
    const moreQualified = nodes[at + qualified]!
    if (moreTeam === 0 && moreQualified === 0) return
    tell(nodes[at + upper]!, moreTeam, moreQualified)
    tell(nodes[at + lower]!, moreTeam, moreQualified)
    nodes[at + team] = 0
    nodes[at + qualified] = 0
  }

  function sumUp(node: number): void {
    const at = node * width
    const mine = nodes[at + own]!
    const above = nodes[nodes[at + upper]! * width + all]!
    const below = nodes[nodes[at + lower]! * width + all]!
    nodes[at + all] = Math.max(mine & ~1, above & ~1, below & ~1) | ((mine | above | below) & 1)
  }

  /** Turns the node above its parent in the search tree. */
  function rotate(node: number): void {
    const at = node * width
    const parent = nodes[at + link]!
    const parentAt = parent * width
    const grandparent = nodes[parentAt + link]!
    const [near, far] = nodes[parentAt + upper] === node ? [upper, lower] : [lower, upper]
    const moved = nodes[at + far]!
    nodes[parentAt + near] = moved
    if (moved !== 0) nodes[moved * width + link] = parent
    nodes[at + far] = parent
    nodes[parentAt + link] = node
    nodes[at + link] = grandparent
    if (grandparent > 0) {
      const grandAt = grandparent * width
      nodes[grandAt + (nodes[grandAt + upper] === parent ? upper : lower)] = node
    }
    sumUp(parent)
    sumUp(node)
  }

  function isUpper(node: number, parent: number): boolean {
    return nodes[parent * width + upper] === node
  }

  /** Brings the node to the top of its search tree. All that was noted above it, and with itself, is handed down. */
  function splay(node: number): void {
    let top = node
    for (let parent = nodes[top * width + link]!; parent > 0; parent = nodes[top * width + link]!) {
      waiting.push(top)
      top = parent
    }
    handDown(top)
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) handDown(next)
    for (let parent = nodes[node * width + link]!; parent > 0; parent = nodes[node * width + link]!) {
      const grandparent = nodes[parent * width + link]!
      if (grandparent > 0) rotate(isUpper(node, parent) === isUpper(parent, grandparent) ? parent : node)
      rotate(node)
    }
  }

  /** Has the path of a node at the top of its search tree go on with `next`, the top of the path that hangs in `leg`; both 0: it ends here. */
  function goOn(node: number, leg: number, next: number): void {
    const at = node * width
    const cut = nodes[at + lower]!
    if (cut !== 0) nodes[cut * width + link] = -nodes[at + pathLeg]!
    nodes[at + lower] = next
    if (next !== 0) nodes[next * width + link] = node
    nodes[at + pathLeg] = leg
    renew(node)
  }

  /** Makes the way from the root to the node one path that ends with it. The node is at the top of its search tree afterwards. */
  function expose(node: number): void {
    splay(node)
    goOn(node, 0, 0)
    let top = node
    for (let leg = -nodes[top * width + link]!; leg > 0; leg = -nodes[top * width + link]!) {
      const above = leg >> 1
      splay(above)
      goOn(above, leg, top)
      top = above
    }
    splay(node)
  }

  function isReady(leg: number): boolean {
    const other = leg ^ 1
    return columns.qualified[other]! > columns.consumed[other]! && columns.pairsThisMonth[leg >> 1]! < limit
  }

  function renew(node: number): void {
    const at = node * width
    const leg = nodes[at + pathLeg]!
    nodes[at + own] = leg === 0 ? 0 : 2 * columns.passed[leg]! + (isReady(leg) ? 1 : 0)
    sumUp(node)
  }

  function settleAll(): void {
    for (let node = 1; node <= columns.size; node += 1) {
      if (nodes[node * width + link]! > 0) continue
      waiting.push(node)
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        handDown(next)
        if (nodes[next * width + upper] !== 0) waiting.push(nodes[next * width + upper]!)
        if (nodes[next * width + lower] !== 0) waiting.push(nodes[next * width + lower]!)
      }
    }
  }

  function dissolve(): void {
    settleAll()
    nodes.fill(0)
    for (let node = 1; node <= columns.size; node += 1) nodes[node * width + link] = -columns.position[node]!
  }

  return {
    append(node, leg) {
      if (width * node >= nodes.length) {
        const larger = new Int32Array(width * columns.position.length)
        larger.set(nodes)
        nodes = larger
      }
      nodes[node * width + link] = -leg
    },

    add(leg, change) {
      const node = leg >> 1
      expose(node)
      columns.team[leg]! += change.team
      columns.qualified[leg]! += change.qualified
      columns.changed.add(node)
      tell(nodes[node * width + upper]!, change.team, change.qualified)
    },

    concerned(leg, asked) {
      const node = leg >> 1
      const readyBit = asked.ready ? 1 : 0
      const ready: number[] = []
      const passed: number[] = []
      expose(node)
      if (asked.ready && isReady(leg)) ready.push(node)
      if (columns.passed[leg]! >= asked.member) passed.push(leg)
      waiting.push(nodes[node * width + upper]!)
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const at = next * width
        // Nobody, or nobody in here.
        if (nodes[at + all]! >> 1 < asked.member && (nodes[at + all]! & readyBit) === 0) continue
        if ((nodes[at + own]! & readyBit) === 1) ready.push(next)
        if (nodes[at + own]! >> 1 >= asked.member) passed.push(nodes[at + pathLeg]!)
        waiting.push(nodes[at + upper]!, nodes[at + lower]!)
      }
      return { ready: ready.sort((a, b) => b - a), passed: passed.sort((a, b) => b - a) }
    },

    legAbove(above, leg) {
      const node = leg >> 1
      if (above === node) return leg
      expose(node)
      splay(above)
      const found = nodes[above * width + pathLeg]!
      splay(node)
      return nodes[above * width + link]! > 0 ? found : 0
    },

    settle: splay,
    renew,
    settleAll,
    dissolve,

    useLimit(monthlyLimit) {
      if (monthlyLimit === limit) return
      dissolve()
      limit = monthlyLimit
    },
  }
}
