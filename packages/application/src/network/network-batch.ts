import { network, type Tx } from '@ev/db'
import { type CompensationPlan, DomainError, type PairDecision, type Side } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { noRecords, writeRecords } from './batch-records.ts'
import { legsRow } from './legs-row.ts'
import type { NetworkMemory } from './network-memory.ts'
import type { MemberReader } from './placement-members.ts'
import { undoQualification } from './undo-qualification.ts'

/** What one batch of messages decides, gathered while the index moves and written together at its end. */
export type NetworkBatch = {
  /**
   * Gives a referred member a place, and everyone above who should have one already. A member without a referrer gets none. The side is the
   * referrer's wish unless one is given.
   */
  place(userId: number, wanted?: { side: Side }): Promise<void>
  /** Counts a member for pairs, if what the plan asks for is there now. */
  qualify(userId: number): Promise<void>
  /** Counts a member no longer, whose sale is what counted and is lost now. The pairs that used the member are reversed. */
  disqualify(userId: number): Promise<void>
  /** Looks again whether a member can pair. */
  check(userId: number): void
  /** Enters the month, when it is a later one, and matches some of those whom the month before left waiting. */
  enterMonth(month: string): void
  write(): Promise<void>
}

/** How much of what may be late one batch writes, so that its transaction stays short whatever the tree's shape and size. */
export type BatchBounds = {
  /** Rows of `legs`, beyond those of members who are new or have made pairs. */
  readonly mostLegs: number
  /** Pairs, or a few more, of members whom the month before left waiting. */
  readonly mostDuePairs: number
}

type BatchParts = {
  readonly memory: NetworkMemory
  readonly members: MemberReader
  readonly plan: CompensationPlan
  readonly bounds: BatchBounds
}

export function networkBatch(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { memory, members, plan, bounds }: BatchParts,
): NetworkBatch {
  const { index } = memory
  const now = deps.clock.now()
  const rules = { monthlyLimit: plan.monthlyPairLimit }
  const needsSale = plan.pairEligibility === 'qualified_sale'
  let records = noRecords()
  /** Members whose own counts of pairs or whose row itself nobody may miss. */
  const mustBeWritten = new Set<number>()

  const remember = (row: network.NewPlacement) => {
    memory.users[row.seq] = row.userId
    memory.seqs.set(row.userId, row.seq)
    records.placed.push(row)
    mustBeWritten.add(row.seq)
  }
  const counts = (isActiveBuyer: boolean) => !needsSale || isActiveBuyer
  const countedSince = (isQualified: boolean) => ({
    qualifiedAt: isQualified ? now : null,
    isQualifiedBySale: isQualified && needsSale,
  })
  const add = (pairs: readonly PairDecision[]) => {
    for (const pair of pairs) records.pairs.push(pair)
  }
  const writeDecided = async () => {
    const decided = records
    records = noRecords()
    for (const { earner } of decided.pairs) mustBeWritten.add(earner)
    for (const { earner } of decided.flushes) mustBeWritten.add(earner)
    await writeRecords(tx, deps, { memory, members, plan, records: decided })
  }

  const placeRoot = (userId: number, isActiveBuyer: boolean) => {
    const seq = index.size() + 1
    const isQualified = counts(isActiveBuyer)
    index.addRoot({ seq, qualified: isQualified })
    remember({ seq, userId, level: 0, placedAt: now, ...countedSince(isQualified) })
  }
  const placeBelow = (userId: number, isActiveBuyer: boolean, { sponsor, side }: { sponsor: number; side?: Side }) => {
    const seq = index.size() + 1
    const slot = index.findSlot({ sponsor, side })
    const isQualified = counts(isActiveBuyer)
    add(index.placeAndMatch({ seq, sponsor, ...slot, qualified: isQualified }, rules))
    remember({
      seq,
      userId,
      sponsorSeq: sponsor,
      parentSeq: slot.parent,
      side: slot.side,
      level: index.depthOf(seq),
      placedAt: now,
      ...countedSince(isQualified),
    })
  }

  return {
    async place(userId, wanted) {
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
          const side = id === userId && wanted ? wanted.side : referrer.placementPreference
          const sponsor = memory.seqs.get(referrer.id)!
          placeBelow(id, member.isActiveBuyer, side === 'auto' ? { sponsor } : { sponsor, side })
        }
      }
    },
    async qualify(userId) {
      const seq = memory.seqs.get(userId)
      if (seq === undefined) return
      if (index.node(seq).isQualified) {
        if (!needsSale) records.lasting.push(seq)
        return
      }
      if (!counts((await members.get(userId))?.isActiveBuyer ?? false)) return
      add(index.qualifyAndMatch(seq, rules))
      records.qualified.push(seq)
    },
    async disqualify(userId) {
      const seq = memory.seqs.get(userId)
      if (!needsSale || seq === undefined || !index.node(seq).isQualified) return
      if ((await members.get(userId))?.isActiveBuyer) return
      // What is read from here on has to show what the batch has decided before.
      await writeDecided()
      if (!(await network.isQualifiedBySale(tx, seq))) return
      const use = await undoQualification(tx, deps, { memory, userId, seq })
      for (const { earner } of use.pairs) mustBeWritten.add(earner)
      for (const earner of use.flushedBy) mustBeWritten.add(earner)
      add(index.disqualifyAndMatch(seq, use, rules))
    },
    check(userId) {
      const seq = memory.seqs.get(userId)
      if (seq !== undefined) add(index.matchNode(seq, rules))
    },
    enterMonth(month) {
      records.flushes.push(...index.enterMonth(month, plan))
      add(index.matchDue({ ...rules, most: bounds.mostDuePairs }))
    },
    async write() {
      await writeDecided()
      const seqs = index.takeChanged({ always: [...mustBeWritten], most: bounds.mostLegs })
      await network.saveLegs(
        tx,
        seqs.map((seq) => legsRow(index, seq)),
      )
    },
  }
}
