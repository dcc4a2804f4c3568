import { network, type Tx } from '@ev/db'
import type { CompensationPlan, FlushDecision, PairDecision } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tellAll } from '../tell.ts'
import type { NetworkMemory } from './network-memory.ts'
import type { MemberReader } from './placement-members.ts'

/** What a batch has decided and not written yet, in the order of deciding. */
export type BatchRecords = {
  readonly placed: network.NewPlacement[]
  /** Members who begin to count. */
  readonly qualified: number[]
  /** Members who count whatever becomes of their sale. */
  readonly lasting: number[]
  readonly pairs: PairDecision[]
  readonly flushes: FlushDecision[]
}

export function noRecords(): BatchRecords {
  return { placed: [], qualified: [], lasting: [], pairs: [], flushes: [] }
}

type Written = {
  readonly memory: NetworkMemory
  readonly members: MemberReader
  readonly plan: CompensationPlan
  readonly records: BatchRecords
}

/** Writes what was decided. Whoever reads the tree of the same transaction afterwards finds it. */
export async function writeRecords(tx: Tx, deps: Pick<Deps, 'clock' | 'ids'>, written: Written): Promise<void> {
  const { memory, plan, records } = written
  const now = deps.clock.now()
  await network.insertPlacements(tx, records.placed)
  await network.markQualified(tx, records.qualified, { isBySale: plan.pairEligibility === 'qualified_sale', now })
  await network.markQualifiedForEver(tx, records.lasting)
  await network.insertFlushes(
    tx,
    records.flushes.map(({ earner, month, left, right }) => ({
      userId: memory.users[earner]!,
      month,
      left,
      right,
      now,
    })),
  )
  await writePairs(tx, deps, written)
}

async function writePairs(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { memory, members, plan, records: { pairs } }: Written,
): Promise<void> {
  if (pairs.length === 0) return
  const now = deps.clock.now()
  await members.load(pairs.map(({ earner }) => memory.users[earner]!))
  const rows: network.NewPair[] = []
  for (const { earner, ordinal, left, right, month } of pairs) {
    const userId = memory.users[earner]!
    rows.push({
      userId,
      leftUserId: memory.users[left]!,
      rightUserId: memory.users[right]!,
      pairNumber: ordinal,
      pairAmount: plan.pairValue,
      earningAmount: plan.pairEarning,
      month,
      isActiveBuyer: (await members.get(userId))!.isActiveBuyer,
      planVersion: plan.version,
      now,
    })
  }
  const matched = (await network.insertPairs(tx, rows)).map((pairId) => ({ pairId }))
  await tellAll(tx, deps, 'pair.matched', matched)
  // A pair is credited, and its member told, in the moment of its match; only a cooling-off lies in between.
  if (plan.commissionHoldDays > 0) await tellAll(tx, deps, 'pair.held', matched)
}
