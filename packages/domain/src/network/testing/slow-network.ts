/**
 * The rules of the tree in their plainest form, to check faster ones against: a tree of objects, breadth-first search for the
 * slot, every count made anew by walking the leg, and for every leg the whole list of members that wait for a pair.
 * It shares no code with the index. Members have any name that is unique.
 */

type Name = string | number
type SlowSide = 'left' | 'right'

type SlowNode<N extends Name> = {
  name: N
  joined: number
  qualified: boolean
  sponsor: N | null
  parent: SlowNode<N> | null
  side: SlowSide | null
  left: SlowNode<N> | null
  right: SlowNode<N> | null
  /** Qualified and neither in a standing pair nor flushed, the oldest first. */
  waiting: { left: SlowNode<N>[]; right: SlowNode<N>[] }
  flushed: Set<SlowNode<N>>
  pairs: SlowPair<N>[]
  flushes: SlowFlush<N>[]
}

export type SlowPair<N extends Name> = { number: number; left: N; right: N; month: string; isReversed: boolean }
export type SlowFlush<N extends Name> = { month: string; left: N[]; right: N[] }
export type SlowLeg = { team: number; qualified: number; consumed: number; unmatched: number }
export type SlowPosition<N extends Name> = { sponsor: N | null; parent: N | null; side: SlowSide | null; level: number }

/** The rules that may differ: the month it begins in (`YYYY-MM`), the month's limit, which members count, and what a month's end does. */
export type SlowRules = {
  month: string
  monthlyLimit: number
  eligibility: 'placed' | 'qualified_sale'
  pairCap: 'carry_forward' | 'flush'
}

export type SlowNetwork<N extends Name> = {
  /** Places a member below the sponsor and matches. A sponsor without a place becomes a root first. Without a sponsor: a root. */
  join(member: N, sponsor: N | null, side?: SlowSide): void
  /** The member is an Active Buyer from now on, placed already or later. */
  qualify(member: N): void
  /** The member is none any more. Where a sale is what counts, every standing pair with it is reversed, and its partner waits again. */
  disqualify(member: N): void
  rollMonth(month: string): void
  /** Looks again whether the member can pair, under the rules of now. */
  check(member: N): void
  counts(member: N): { left: SlowLeg; right: SlowLeg }
  pairs(member: N): readonly SlowPair<N>[]
  flushes(member: N): readonly SlowFlush<N>[]
  position(member: N): SlowPosition<N>
  /** Every member of one leg in joining order. */
  leg(member: N, side: SlowSide): N[]
  /** Every member in joining order. */
  members(): N[]
}

export function createSlowNetwork<N extends Name = string>(rules: SlowRules): SlowNetwork<N> {
  const nodes = new Map<N, SlowNode<N>>()
  const buyers = new Set<N>()
  let month = rules.month

  function find(name: N): SlowNode<N> {
    const node = nodes.get(name)
    if (node === undefined) throw new Error(`${name} is not in the tree.`)
    return node
  }

  function addNode(name: N, sponsor: N | null): SlowNode<N> {
    if (nodes.has(name)) throw new Error(`${name} is in the tree already.`)
    const qualified = rules.eligibility === 'placed' || buyers.has(name)
    const node: SlowNode<N> = {
      ...{ name, joined: nodes.size, qualified, sponsor, parent: null, side: null, left: null, right: null },
      ...{ waiting: { left: [], right: [] }, flushed: new Set(), pairs: [], flushes: [] },
    }
    nodes.set(name, node)
    return node
  }

  /** The member begins to count: it waits in a leg of every ancestor that has not lost it in a flush, which may make a pair. */
  function startCounting(member: SlowNode<N>): void {
    for (const { above, side } of uplineOf(member)) {
      if (above.flushed.has(member)) continue
      wait(above, side, member)
      match(above)
    }
  }

  /** The member counts no longer: it leaves the queues of its ancestors and the pairs that it is in. */
  function stopCounting(member: SlowNode<N>): void {
    for (const { above, side } of uplineOf(member)) {
      above.waiting[side] = above.waiting[side].filter((waiting) => waiting !== member)
      const pair = above.pairs.find((one) => !one.isReversed && one[side] === member.name)
      if (pair === undefined) continue
      pair.isReversed = true
      const otherSide = side === 'left' ? 'right' : 'left'
      wait(above, otherSide, find(pair[otherSide]))
      match(above)
    }
  }

  function match(earner: SlowNode<N>): void {
    let allowed = rules.monthlyLimit - earner.pairs.filter((pair) => pair.month === month).length
    for (; allowed > 0 && canPair(earner); allowed--) {
      earner.pairs.push({ number: earner.pairs.length + 1, ...takeOldest(earner), month, isReversed: false })
    }
  }

  function flush(earner: SlowNode<N>): void {
    if (!canPair(earner)) return
    const flushed: SlowFlush<N> = { month, left: [], right: [] }
    while (canPair(earner)) {
      const { left, right } = takeOldest(earner)
      flushed.left.push(left)
      flushed.right.push(right)
      for (const lost of [left, right]) earner.flushed.add(find(lost))
    }
    earner.flushes.push(flushed)
  }

  return {
    join(member, sponsor, side) {
      if (sponsor === null) {
        addNode(member, null)
        return
      }
      if (!nodes.has(sponsor)) addNode(sponsor, null)
      const slot = firstFreeSlot(find(sponsor), side)
      const node = addNode(member, sponsor)
      node.parent = slot.parent
      node.side = slot.side
      slot.parent[slot.side] = node
      if (node.qualified) startCounting(node)
    },

    qualify(member) {
      buyers.add(member)
      const node = nodes.get(member)
      if (node === undefined || node.qualified) return
      node.qualified = true
      startCounting(node)
    },

    disqualify(member) {
      buyers.delete(member)
      const node = nodes.get(member)
      if (rules.eligibility === 'placed' || node === undefined || !node.qualified) return
      node.qualified = false
      stopCounting(node)
    },

    rollMonth(next) {
      if (next <= month) return
      if (rules.pairCap === 'flush') for (const node of nodes.values()) flush(node)
      month = next
      if (rules.pairCap === 'carry_forward') for (const node of nodes.values()) match(node)
    },

    check: (member) => match(find(member)),
    counts: (member) => ({ left: countLeg(find(member), 'left'), right: countLeg(find(member), 'right') }),
    pairs: (member) => find(member).pairs,
    flushes: (member) => find(member).flushes,
    position(member) {
      const node = find(member)
      let level = 0
      for (let above = node.parent; above !== null; above = above.parent) level++
      return { sponsor: node.sponsor, parent: node.parent?.name ?? null, side: node.side, level }
    },
    leg: (member, side) => membersOf(find(member), side).map((node) => node.name),
    members: () => [...nodes.keys()],
  }
}

/** Breadth first, left before right: the first free slot met is the shallowest and, at that depth, the leftmost. */
function firstFreeSlot<N extends Name>(
  sponsor: SlowNode<N>,
  side: SlowSide | undefined,
): { parent: SlowNode<N>; side: SlowSide } {
  const asked = side === undefined ? sponsor : sponsor[side]
  if (side !== undefined && asked === null) return { parent: sponsor, side }
  const level = [asked!]
  for (const node of level) {
    if (node.left === null) return { parent: node, side: 'left' }
    if (node.right === null) return { parent: node, side: 'right' }
    level.push(node.left, node.right)
  }
  throw new Error('A finite tree has a free slot.')
}

/** Walks a leg and puts its members into joining order. */
function membersOf<N extends Name>(node: SlowNode<N>, side: SlowSide): SlowNode<N>[] {
  const top = node[side]
  const members = top === null ? [] : [top]
  for (const member of members) {
    if (member.left !== null) members.push(member.left)
    if (member.right !== null) members.push(member.right)
  }
  return members.sort((a, b) => a.joined - b.joined)
}

function canPair<N extends Name>(node: SlowNode<N>): boolean {
  return node.waiting.left.length > 0 && node.waiting.right.length > 0
}

function takeOldest<N extends Name>(node: SlowNode<N>): { left: N; right: N } {
  return { left: node.waiting.left.shift()!.name, right: node.waiting.right.shift()!.name }
}

function wait<N extends Name>(node: SlowNode<N>, side: SlowSide, member: SlowNode<N>): void {
  const leg = node.waiting[side]
  leg.push(member)
  if (leg.length > 1 && leg.at(-2)!.joined > member.joined) leg.sort((a, b) => a.joined - b.joined)
}

/** Everyone above with the side on which the member is, the parent first. */
function uplineOf<N extends Name>(member: SlowNode<N>): { above: SlowNode<N>; side: SlowSide }[] {
  const upline: { above: SlowNode<N>; side: SlowSide }[] = []
  for (let below = member; below.parent !== null; below = below.parent) {
    upline.push({ above: below.parent, side: below.side! })
  }
  return upline
}

function countLeg<N extends Name>(node: SlowNode<N>, side: SlowSide): SlowLeg {
  const members = membersOf(node, side)
  const qualified = members.filter((member) => member.qualified)
  const paired = new Set(node.pairs.filter((pair) => !pair.isReversed).map((pair) => pair[side]))
  const used = qualified.filter((member) => paired.has(member.name) || node.flushed.has(member))
  return {
    team: members.length,
    qualified: qualified.length,
    consumed: used.length,
    unmatched: qualified.length - used.length,
  }
}
