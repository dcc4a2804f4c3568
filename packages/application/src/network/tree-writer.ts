import { network, plans, type Tx } from '@ev/db'
import { istMonth } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'
import { type BatchBounds, type NetworkBatch, networkBatch } from './network-batch.ts'
import { loadNetwork, type NetworkMemory, recallWorkLeft } from './network-memory.ts'
import { type MemberReader, memberReader } from './placement-members.ts'

/** What changes the tree is given: the transaction that holds the tree, and the batch that gathers what is decided. */
export type TreeWork = (parts: {
  readonly tx: Tx
  readonly batch: NetworkBatch
  readonly members: MemberReader
}) => Promise<{ readonly asksForRest: boolean }>

export type TreeWriter = {
  /**
   * Does `work` and writes what it decided in one transaction, all of it or nothing. `asksForRest` says that a `tree.fell_behind` was among
   * what was done: while anything is left, the next one is told. `bounds` says how much of what may be late this batch writes.
   */
  write(work: TreeWork, bounds: BatchBounds): Promise<void>
  /** Whether the last write left anything for later. */
  isBehind(): boolean
}

/** Everything that one batch may have to write, the flush of a large tree included. */
const timeoutMs = 600_000

/**
 * The single writer of the tree. Its index lives in memory; the locked head row tells whether the index is still the newest, so a second
 * writer notices itself and rebuilds. Whatever fails, the index is dropped and rebuilt from the log: it holds no truth of its own.
 *
 * A placement counts for everybody above, so a batch in a deep tree changes as many counts as the tree is deep. Of the rows of `legs` a batch
 * writes those of new members and of earners, and up to `mostLegs` others; the head says whether any are left, and a message to the
 * writer itself, told when the tree falls behind, has them written when there is nothing else to do. The same holds for the pairs that a new month
 * makes possible.
 */
export function createTreeWriter(deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>): TreeWriter {
  let memory: NetworkMemory | null = null
  let isBehind = false

  /** The index at the head's version. A batch that is being applied has no version, so a retry after a rollback rebuilds. */
  async function current(tx: Tx, head: network.HeadRow): Promise<NetworkMemory> {
    if (memory !== null && memory.version === head.version) return memory
    const startedAt = performance.now()
    // Two of them would not fit into what one is given.
    memory = null
    memory = await loadNetwork(tx, head)
    await recallWorkLeft(tx, memory, head)
    deps.log.info(
      { members: memory.index.size(), version: head.version, durationMs: Math.round(performance.now() - startedAt) },
      'network index built',
    )
    return memory
  }

  async function apply(
    tx: Tx,
    work: TreeWork,
    bounds: BatchBounds,
  ): Promise<{ memory: NetworkMemory; version: number; isBehind: boolean }> {
    const now = deps.clock.now()
    const head = await network.lockHead(tx, { month: istMonth(now), now })
    const known = await current(tx, head)
    known.version = null
    const { index } = known
    const members = memberReader(tx)
    const batch = networkBatch(tx, deps, { memory: known, members, plan: await plans.current(tx, now), bounds })
    batch.enterMonth(istMonth(now))
    const { asksForRest } = await work({ tx, batch, members })
    await batch.write()
    const version = head.version + 1
    const left = { legsBehind: index.hasChanged(), matchingBehind: index.hasDue() }
    const falls = left.legsBehind || left.matchingBehind
    const wasBehind = head.legsBehind || head.matchingBehind
    if (falls && (asksForRest || !wasBehind)) await tell(tx, deps, 'tree.fell_behind', { version })
    await network.saveHead(tx, { version, lastSeq: index.size(), month: index.month(), ...left, now })
    return { memory: known, version, isBehind: falls }
  }

  return {
    async write(work, bounds) {
      const applied = await deps.db.transaction((tx) => apply(tx, work, bounds), { timeoutMs })
      applied.memory.version = applied.version
      isBehind = applied.isBehind
    },
    isBehind: () => isBehind,
  }
}
