import { type HierarchyPointNode, hierarchy, tree as tidyTree } from 'd3-hierarchy'
import { childrenOf, type Member, type NetworkTree } from './network-tree.ts'

/** The size of a card and the room between cards, in units of the picture. */
export const card = { width: 184, height: 76 } as const
const room = { width: 204, height: 128 } as const

/** A card in the picture; `x` is its middle, `y` its upper edge. */
export type Placed = { readonly member: Member; readonly x: number; readonly y: number; readonly isOpen: boolean }
/** A place below a card that nobody has. */
export type FreePlace = { readonly x: number; readonly y: number }
/** From a card to one below it. */
export type Line = {
  readonly from: { x: number; y: number }
  readonly to: { x: number; y: number }
  readonly isFree: boolean
}

export type Layout = {
  readonly cards: ReadonlyMap<number, Placed>
  readonly free: readonly FreePlace[]
  readonly lines: readonly Line[]
  readonly box: { readonly left: number; readonly right: number; readonly bottom: number }
}

type Item = { readonly id: number } | 'free'

/** Where everything stands that is shown. A free place is kept beside an only child, so that left stays left. */
export function layOut(tree: NetworkTree): Layout {
  const below = (item: Item): Item[] => {
    if (item === 'free' || !tree.open.has(item.id)) return []
    if (childrenOf(tree, item.id).length === 0) return []
    const { left, right } = tree.members.get(item.id)!
    return [left, right].map((id) => (id === null ? 'free' : { id }))
  }
  const root = tidyTree<Item>()
    .nodeSize([room.width, room.height])
    .separation((a, b) => (a.parent === b.parent ? 1 : 1.1))(hierarchy<Item>({ id: tree.rootId }, below))
  const cards = new Map<number, Placed>()
  const free: FreePlace[] = []
  const lines: Line[] = []
  const box = { left: 0, right: 0, bottom: 0 }
  root.each((point: HierarchyPointNode<Item>) => {
    const { x, y, data, parent } = point
    if (data === 'free') free.push({ x, y })
    else cards.set(data.id, { member: tree.members.get(data.id)!, x, y, isOpen: point.children !== undefined })
    if (parent) {
      lines.push({ from: { x: parent.x, y: parent.y + card.height }, to: { x, y }, isFree: data === 'free' })
    }
    box.left = Math.min(box.left, x - card.width / 2)
    box.right = Math.max(box.right, x + card.width / 2)
    box.bottom = Math.max(box.bottom, y + card.height)
  })
  return { cards, free, lines, box }
}

/** The card at a point of the picture; the handle below a card belongs to it and is told apart. */
export function hit({ cards }: Layout, x: number, y: number): { id: number; part: 'card' | 'handle' } | null {
  for (const { member, x: middle, y: top } of cards.values()) {
    if (Math.abs(x - middle) <= card.width / 2 && y >= top && y <= top + card.height) {
      return { id: member.id, part: 'card' }
    }
    const isBelow = y > top + card.height && y <= top + card.height + 26
    if (isBelow && Math.abs(x - middle) <= 40) return { id: member.id, part: 'handle' }
  }
  return null
}

/** The card that an arrow key leads to from another; null at an edge. */
export function neighbour({ cards }: Layout, id: number, key: string): number | null {
  const from = cards.get(id)
  if (!from) return null
  const { member } = from
  if (key === 'ArrowUp') return member.parent !== null && cards.has(member.parent) ? member.parent : null
  if (key === 'ArrowDown') {
    return from.isOpen ? ([member.left, member.right].find((child) => child !== null) ?? null) : null
  }
  const direction = key === 'ArrowLeft' ? -1 : 1
  let best: Placed | null = null
  for (const placed of cards.values()) {
    const distance = (placed.x - from.x) * direction
    if (placed.y !== from.y || distance <= 0) continue
    if (best === null || distance < (best.x - from.x) * direction) best = placed
  }
  return best?.member.id ?? null
}
