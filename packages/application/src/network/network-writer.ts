import { network, onceInside, plans, type Tx } from '@ev/db'
import { istMonth } from '@ev/domain'
import type { EnvelopeOf } from '@ev/messaging'
import type { Deps } from '../deps.ts'
import { handlerKey } from '../handled-once.ts'
import { networkBatch } from './network-batch.ts'
import { loadNetwork, type NetworkMemory } from './network-memory.ts'
import { memberReader } from './placement-members.ts'

const handler = 'network.place-and-match'

type NetworkMessage = EnvelopeOf<typeof handler>

/** The one that places members and makes pairs. */
export type NetworkWriter = {
  /** Handles messages together, in their order, in one transaction: all of them or none. A message handled before changes nothing. */
  handle(messages: readonly NetworkMessage[]): Promise<void>
}

/**
 * The single writer of the tree. Its index lives in memory; the locked head row tells whether the index is still the newest, so a second
 * writer notices itself and rebuilds. Whatever fails, the index is dropped and rebuilt from the log: it holds no truth of its own.
 */
export function createNetworkWriter(deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>): NetworkWriter {
  let memory: NetworkMemory | null = null

  /** The index at the head's version. A batch that is being applied has no version, so a retry after a rollback rebuilds. */
  async function current(tx: Tx, head: network.HeadRow): Promise<NetworkMemory> {
    if (memory !== null && memory.version === head.version) return memory
    const startedAt = performance.now()
    memory = await loadNetwork(tx, { month: head.month, version: head.version })
    deps.log.info(
      { members: memory.index.size(), version: head.version, durationMs: Math.round(performance.now() - startedAt) },
      'network index built',
    )
    return memory
  }

  async function apply(
    tx: Tx,
    messages: readonly NetworkMessage[],
  ): Promise<{ memory: NetworkMemory; version: number }> {
    const now = deps.clock.now()
    const head = await network.lockHead(tx, { month: istMonth(now), now })
    const known = await current(tx, head)
    known.version = null
    const plan = await plans.current(tx, now)
    const members = memberReader(tx)
    const batch = networkBatch(tx, deps, { memory: known, members, plan })
    batch.enterMonth(istMonth(now))
    await members.load(messages.flatMap(({ payload }) => ('userId' in payload ? [payload.userId] : [])))
    for (const message of messages) {
      if (!(await onceInside(tx, handlerKey(handler, message, now)))) continue
      if (message.name === 'member.registered') await batch.place(message.payload.userId)
      else if (message.name === 'member.qualified') await batch.qualify(message.payload.userId)
      else if (message.name === 'member.disqualified') await batch.disqualify(message.payload.userId)
      else if (message.name === 'pairs.check_requested') batch.check(message.payload.userId)
    }
    await batch.write()
    const version = head.version + 1
    await network.saveHead(tx, { version, lastSeq: known.index.size(), month: known.index.month(), now })
    return { memory: known, version }
  }

  return {
    async handle(messages) {
      const applied = await deps.db.transaction((tx) => apply(tx, messages))
      applied.memory.version = applied.version
    },
  }
}
