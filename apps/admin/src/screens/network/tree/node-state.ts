import type { Answer } from '../../../api/answer.ts'

export type TreeNode = Answer<'/binary/nodes/{id}/'>

/** What a member is to the network, in the order of the legend. */
export const nodeStates = ['buyer', 'counting', 'idle'] as const

export type NodeState = (typeof nodeStates)[number]

export const stateLabels: Readonly<Record<NodeState, string>> = {
  buyer: 'Active buyer',
  counting: 'Counts for pairs',
  idle: 'Does not count yet',
}

export function stateOf({ is_active_buyer, is_counted }: Pick<TreeNode, 'is_active_buyer' | 'is_counted'>): NodeState {
  if (is_active_buyer) return 'buyer'
  return is_counted ? 'counting' : 'idle'
}

const counted = new Intl.NumberFormat('en-IN')

/** `12,34,567` */
export const figure = (count: number): string => counted.format(count)

/** `1 member`, `3,104 members` */
export const membersIn = (team: number): string => `${figure(team)} ${team === 1 ? 'member' : 'members'}`

/** A position in words, for those who hear the picture. */
export function described(node: Pick<TreeNode, keyof TreeNode>): string {
  return [
    `${node.user_name}, ${node.referral_code}, ${stateLabels[stateOf(node)]}.`,
    `Left team ${figure(node.left_team)}, ${figure(node.left_count)} unmatched.`,
    `Right team ${figure(node.right_team)}, ${figure(node.right_count)} unmatched.`,
    `${figure(node.pairs_matched)} pairs.`,
  ].join(' ')
}
