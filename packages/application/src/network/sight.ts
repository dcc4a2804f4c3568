import { teams } from '@ev/db'
import { DomainError, type Lineage } from '@ev/domain'
import { type Actor, type Deps, isStaff } from '../deps.ts'
import type { LineageReader } from './lineage-reader.ts'

/** What use cases that look into the tree are given. */
export type NetworkReaderDeps = Pick<Deps, 'db'> & { readonly lineage: LineageReader }

/** How far someone sees: members their own node and what is below it, staff everything. */
export type Sight = {
  readonly lineage: Lineage
  /** The placement number of the own node; null without one. */
  readonly own: number | null
  readonly seesAll: boolean
  /** Whether a node exists and may be looked at. */
  sees(seq: number): boolean
  /** The node, or the refusal `network.node_not_found`: the same whether it does not exist or is not one's own. */
  require(seq: number): number
}

export async function sightOf({ db, lineage: reader }: NetworkReaderDeps, actor: Actor): Promise<Sight> {
  const own = await teams.seqOf(db.read, actor.userId)
  const lineage = await reader.current()
  const seesAll = isStaff(actor)
  const sees = (seq: number) =>
    seq >= 1 && seq <= lineage.size() && (seesAll || (own !== null && lineage.isInSubtree({ root: own, member: seq })))
  return {
    lineage,
    own,
    seesAll,
    sees,
    require(seq) {
      if (!sees(seq)) throw new DomainError('network.node_not_found')
      return seq
    },
  }
}
