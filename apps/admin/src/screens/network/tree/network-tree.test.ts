import { describe, expect, test } from 'vitest'
import { folded, grown, planted, shown, trimmed, wayTo } from './network-tree.ts'
import type { TreeNode } from './node-state.ts'

/** A full tree in the manner of a heap: below 1 are 2 and 3, below those 4 to 7. `height` levels exist below it, `depth` of them are answered. */
function answered(
  id: number,
  { height, depth, level = 0 }: { height: number; depth: number; level?: number },
): TreeNode {
  const team = 2 ** (height - level) - 1
  const child = (below: number) =>
    depth > 0 && level < height ? answered(below, { height, depth: depth - 1, level: level + 1 }) : null
  return {
    id,
    user: 100 + id,
    user_name: `Member ${id}`,
    referral_code: `C${id}`,
    is_active_buyer: false,
    is_counted: true,
    joined_at: '2026-11-20T06:00:00.000Z',
    sponsor: null,
    parent: id === 1 ? null : Math.floor(id / 2),
    side: id === 1 ? null : id % 2 === 0 ? 'left' : 'right',
    level,
    left_count: 0,
    right_count: 0,
    left_team: team,
    right_team: team,
    pairs_matched: 0,
    pairs_this_month: 0,
    monthly_limit: 10,
    left: child(2 * id),
    right: child(2 * id + 1),
  }
}

const tree = planted(answered(1, { height: 4, depth: 2 }), 2)

describe('a tree', () => {
  test('shows what was answered, left before right, and knows what it has not loaded', () => {
    expect(shown(tree)).toEqual([1, 2, 4, 5, 3, 6, 7])
    expect([...tree.members.values()].filter(({ isLoaded }) => !isLoaded).map(({ id }) => id)).toEqual([4, 5, 6, 7])
  })

  test('grows where it is asked to', () => {
    const more = grown(tree, answered(5, { height: 4, depth: 1, level: 2 }), 1)
    expect(shown(more)).toEqual([1, 2, 4, 5, 10, 11, 3, 6, 7])
    expect(wayTo(more, 11)).toEqual([1, 2, 5, 11])
    expect(shown(tree)).toHaveLength(7)
  })

  test('keeps what it knows when an answer shows less', () => {
    expect(shown(grown(tree, answered(1, { height: 4, depth: 1 }), 1))).toEqual(shown(tree))
  })

  test('forgets what is folded', () => {
    const less = folded(tree, 2)
    expect(shown(less)).toEqual([1, 2, 3, 6, 7])
    expect(less.members.get(2)).toMatchObject({ isLoaded: false, left: null, left_team: 7 })
    expect(wayTo(less, 4)).toEqual([])
  })

  test('never shows more than it may, and folds what is farthest from where one looks', () => {
    const whole = planted(answered(1, { height: 4, depth: 4 }), 4)
    expect(shown(whole)).toHaveLength(31)
    const less = trimmed(whole, { keep: 8, most: 12 })
    expect(shown(less).length).toBeLessThanOrEqual(12)
    expect(wayTo(less, 8)).toEqual([1, 2, 4, 8])
    expect(less.open.has(3)).toBe(false)
    expect(trimmed(whole, { keep: 8, most: 31 })).toBe(whole)
  })
})
