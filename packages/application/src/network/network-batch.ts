import { network, type Tx, users } from '@ev/db'
import { type CompensationPlan, DomainError, type FlushDecision, type PairDecision, type Side } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tellAll } from '../tell.ts'
import type { NetworkMemory } from './network-memory.ts'
import type { MemberReader } from './placement-members.ts'

type PlacementRow = Parameters<typeof network.insertPlacements>[1][number]

/** What one batch of messages decides, gathered while the index moves and written together at its end. */
export type NetworkBatch = {
  /** Gives a referred member a place, and everyone above who should have one already. A member without a referrer gets none. */
  place(userId: number): Promise<void>
  /** Counts a member for pairs when the plan asks for a sale first. */
  qualify(userId: number): Promise<void>
  /** Looks again whether a member can pair. */
  check(userId: number): void
  /** Enters the month, when it is a later one. */
  enterMonth(month: string): void
  write(): Promise<void>
}

export function networkBatch(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { memory, members, plan }: { memory: NetworkMemory; members: MemberReader; plan: CompensationPlan },
): NetworkBatch {
  const { index } = memory
  const now = deps.clock.now()
  const rules = { monthlyLimit: plan.monthlyPairLimit }
  const placed: PlacementRow[] = []
  const qualified: number[] = []
  const pairs: PairDecision[] = []
  const flushes: FlushDecision[] = []
  const changed = new Set<number>()

  const changedAbove = (seq: number) => {
    for (const above of index.uplineOf(seq)) changed.add(above)
  }
  const remember = (row: PlacementRow) => {
    memory.users[row.seq] = row.userId
    memory.seqs.set(row.userId, row.seq)
    placed.push(row)
    changed.add(row.seq)
  }
  const counts = (isActiveBuyer: boolean) => plan.pairEligibility === 'placed' || isActiveBuyer

  const placeRoot = (userId: number, isActiveBuyer: boolean) => {
    const seq = index.size() + 1
    const isQualified = counts(isActiveBuyer)
    index.addRoot({ seq, qualified: isQualified })
    remember({ seq, userId, level: 0, placedAt: now, qualifiedAt: isQualified ? now : null })
  }
  const placeBelow = (userId: number, isActiveBuyer: boolean, { sponsor, side }: { sponsor: number; side?: Side }) => {
    const seq = index.size() + 1
    const slot = index.findSlot({ sponsor, side })
    const isQualified = counts(isActiveBuyer)
    pairs.push(...index.placeAndMatch({ seq, sponsor, ...slot, qualified: isQualified }, rules))
    remember({
      seq,
      userId,
      sponsorSeq: sponsor,
      parentSeq: slot.parent,
      side: slot.side,
      level: index.depthOf(seq),
      placedAt: now,
      qualifiedAt: isQualified ? now : null,
    })
    changedAbove(seq)
  }

  return {
    async place(userId) {
      // The members from this one up to the first who stands in the tree, or has no referrer and becomes a root.
      const waiting = new Set<number>()
      for (let id: number | null = userId; id !== null && !memory.seqs.has(id); ) {
        // No way of registering leads there; if the data says so all the same, this member waits for a person and the others go on.
        if (waiting.has(id)) throw new Error(`The referrers of member ${userId} form a circle.`)
        waiting.add(id)
        id = (await members.get(id))?.referredById ?? null
      }
      const named = await members.get(userId)
      // Not to be dropped in silence: the message is put aside with this reason.
      if (!named) throw new DomainError('user.not_found', { userId })
      if (waiting.size === 1 && named.referredById === null) return
      for (const id of [...waiting].reverse()) {
        const member = await members.get(id)
        if (!member) throw new Error(`Member ${id} is to be placed but does not exist.`)
        const referrer = member.referredById === null ? null : await members.get(member.referredById)
        if (!referrer) placeRoot(id, member.isActiveBuyer)
        else {
          const side = referrer.placementPreference
          const sponsor = memory.seqs.get(referrer.id)!
          placeBelow(id, member.isActiveBuyer, side === 'auto' ? { sponsor } : { sponsor, side })
        }
      }
    },
    async qualify(userId) {
      const seq = memory.seqs.get(userId)
      if (seq === undefined || index.node(seq).isQualified) return
      if (!(await members.get(userId))?.isActiveBuyer) return
      pairs.push(...index.qualifyAndMatch(seq, rules))
      qualified.push(seq)
      changedAbove(seq)
    },
    check(userId) {
      const seq = memory.seqs.get(userId)
      if (seq !== undefined) pairs.push(...index.matchNode(seq, rules))
    },
    enterMonth(month) {
      const roll = index.rollMonth(month, { ...rules, pairCap: plan.pairCap })
      flushes.push(...roll.flushes)
      pairs.push(...roll.pairs)
    },
    async write() {
      await network.insertPlacements(tx, placed)
      await network.markQualified(tx, qualified, now)
      for (const { earner, month, left, right } of flushes) {
        changed.add(earner)
        await network.insertFlush(tx, { userId: memory.users[earner]!, month, left: [...left], right: [...right], now })
      }
      for (const { earner } of pairs) changed.add(earner)
      await writePairs(tx, deps, { memory, pairs, plan })
      await network.saveLegs(
        tx,
        [...changed].sort((a, b) => a - b).map((seq) => legsRow(memory, seq)),
      )
    },
  }
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

/** What readers are told about a member's legs. */
export function legsRow({ index }: NetworkMemory, seq: number): network.LegsRow {
  const { left, right } = index.legs(seq)
  const { pairsMade, pairsThisMonth } = index.node(seq)
  return {
    seq,
    leftTeam: left.team,
    rightTeam: right.team,
    leftQualified: left.qualified,
    rightQualified: right.qualified,
    leftConsumed: left.consumed,
    rightConsumed: right.consumed,
    pairsMatched: pairsMade,
    pairsMonth: index.month(),
    pairsThisMonth,
  }
}
