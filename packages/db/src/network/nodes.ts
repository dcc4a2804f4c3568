import { DomainError } from '@ev/domain'
import type { Placement } from '../generated/sqlite/client.ts'
import type { Reader, Tx } from '../tx.ts'
import type { LegsRow } from './legs.ts'

const withMember = {
  user: {
    select: { id: true, username: true, firstName: true, lastName: true, referralCode: true, isActiveBuyer: true },
  },
  sponsor: { select: { userId: true } },
  legs: true,
} as const

export type NodeRow = Placement & {
  readonly user: {
    id: number
    username: string
    firstName: string
    lastName: string
    referralCode: string
    isActiveBuyer: boolean
  }
  readonly sponsor: { userId: number } | null
  readonly legs: LegsRow | null
}

/** A member's own node, or null when the member has none. */
export function findNodeOf(reader: Reader | Tx, userId: number): Promise<NodeRow | null> {
  return reader.placement.findUnique({ where: { userId }, include: withMember })
}

/** A node by its placement number, or the refusal `network.node_not_found`. */
export async function getNode(reader: Reader | Tx, seq: number): Promise<NodeRow> {
  const row = await reader.placement.findUnique({ where: { seq }, include: withMember })
  if (!row) throw new DomainError('network.node_not_found')
  return row
}

/** The nodes directly below any of these, left before right. */
export function childrenOf(reader: Reader | Tx, parentSeqs: readonly number[]): Promise<NodeRow[]> {
  return reader.placement.findMany({
    where: { parentSeq: { in: [...parentSeqs] } },
    include: withMember,
    orderBy: [{ parentSeq: 'asc' }, { side: 'asc' }],
  })
}
