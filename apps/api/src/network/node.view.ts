import type { Deps, TreeNode } from '@ev/application'
import { plans } from '@ev/db'
import { istMonth } from '@ev/domain'
import { z } from 'zod'
import { idNumber, instant } from '../http/index.ts'

const sides = ['left', 'right'] as const

/** The leg in which a member's new direct referrals are placed. */
export const placementPreference = z.enum(['auto', 'left', 'right'])

/**
 * A position in the tree with those below it. `left_count` and `right_count` are members who are not used in a pair yet,
 * `left_team` and `right_team` all of them. `is_counted` says whether the member counts for pairs of those above. `sponsor` is the member who referred, `parent` the node above.
 */
export const nodeView = z
  .object({
    id: idNumber,
    user: idNumber,
    user_name: z.string(),
    referral_code: z.string(),
    is_active_buyer: z.boolean(),
    is_counted: z.boolean(),
    joined_at: instant,
    sponsor: idNumber.nullable(),
    parent: idNumber.nullable(),
    side: z.enum(sides).nullable(),
    level: z.int(),
    left_count: z.int().min(0),
    right_count: z.int().min(0),
    left_team: z.int().min(0),
    right_team: z.int().min(0),
    pairs_matched: z.int().min(0),
    pairs_this_month: z.int().min(0),
    monthly_limit: z.int().min(0),
    get left() {
      return nodeView.nullable()
    },
    get right() {
      return nodeView.nullable()
    },
  })
  .meta({ id: 'TreeNode' })

/** The name that other members see: never an address. The code stands in where there is none. */
export function memberName(user: { firstName: string; lastName: string; username: string }): string {
  return `${user.firstName} ${user.lastName}`.trim() || user.username
}

/** The current month in India, `2026-04`, and how many pairs it allows. */
export type Month = { readonly month: string; readonly monthlyLimit: number }

export async function thisMonth({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<Month> {
  const now = clock.now()
  return { month: istMonth(now), monthlyLimit: (await plans.current(db.read, now)).monthlyPairLimit }
}

/** The pairs of an earlier month are none of this one. */
export function toNodeView(node: TreeNode, context: Month): z.output<typeof nodeView> {
  const { user, legs } = node
  return {
    id: node.seq,
    user: user.id,
    user_name: memberName(user),
    referral_code: user.referralCode,
    is_active_buyer: user.isActiveBuyer,
    is_counted: node.qualifiedAt !== null,
    joined_at: node.placedAt,
    sponsor: node.sponsor?.userId ?? null,
    parent: node.parentSeq,
    side: node.side,
    level: node.level,
    left_count: legs ? legs.leftQualified - legs.leftConsumed : 0,
    right_count: legs ? legs.rightQualified - legs.rightConsumed : 0,
    left_team: legs?.leftTeam ?? 0,
    right_team: legs?.rightTeam ?? 0,
    pairs_matched: legs?.pairsMatched ?? 0,
    pairs_this_month: legs?.pairsMonth === context.month ? legs.pairsThisMonth : 0,
    monthly_limit: context.monthlyLimit,
    left: node.left && toNodeView(node.left, context),
    right: node.right && toNodeView(node.right, context),
  }
}
