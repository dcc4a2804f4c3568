import { network, type Tx, users } from '@ev/db'
import type { CompensationPlan, FlushDecision, PairDecision } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tellAll } from '../tell.ts'
import type { NetworkMemory } from './network-memory.ts'

export type PlacementRow = Parameters<typeof network.insertPlacements>[1][number]

/** What a batch has decided and not written yet, in the order of deciding. */
export type BatchRecords = {
  readonly placed: PlacementRow[]
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

/** Writes what was decided. Whoever reads the tree of the same transaction afterwards finds it. */
export async function writeRecords(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { memory, plan, records }: { memory: NetworkMemory; plan: CompensationPlan; records: BatchRecords },
): Promise<void> {
  const now = deps.clock.now()
  await network.insertPlacements(tx, records.placed)
  await network.markQualified(tx, records.qualified, { isBySale: plan.pairEligibility === 'qualified_sale', now })
  await network.markQualifiedForEver(tx, records.lasting)
  for (const { earner, month, left, right } of records.flushes) {
    await network.insertFlush(tx, { userId: memory.users[earner]!, month, left: [...left], right: [...right], now })
  }
  await writePairs(tx, deps, { memory, pairs: records.pairs, plan })
}

async function writePairs(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { memory, pairs, plan }: { memory: NetworkMemory; pairs: readonly PairDecision[]; plan: CompensationPlan },
): Promise<void> {
  if (pairs.length === 0) return
  const now = deps.clock.now()
  const earners = await users.findMany(tx, [...new Set(pairs.map(({ earner }) => memory.users[earner]!))])
  const isActiveBuyer = new Map(earners.map((user) => [user.id, user.isActiveBuyer]))
  const ids = await network.insertPairs(
    tx,
    pairs.map(({ earner, ordinal, left, right, month }) => {
      const userId = memory.users[earner]!
      return {
        userId,
        leftUserId: memory.users[left]!,
        rightUserId: memory.users[right]!,
        pairNumber: ordinal,
        pairAmount: plan.pairValue,
        earningAmount: plan.pairEarning,
        month,
        isActiveBuyer: isActiveBuyer.get(userId)!,
        planVersion: plan.version,
        createdAt: now,
        matchedAt: now,
      }
    }),
  )
  const matched = ids.map((pairId) => ({ pairId }))
  await tellAll(tx, deps, 'pair.matched', matched)
  // A pair is credited, and its member told, in the moment of its match; only a cooling-off lies in between.
  if (plan.commissionHoldDays > 0) await tellAll(tx, deps, 'pair.held', matched)
}
