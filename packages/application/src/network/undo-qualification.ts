import { network, type Tx } from '@ev/db'
import type { MemberUse } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { tellAll } from '../tell.ts'
import type { NetworkMemory } from './network-memory.ts'

/**
 * Writes down that a member no longer counts and that the pairs which stood on the member are reversed, and tells of each. Answers what
 * the member was used for, which the index does not keep: reading it costs only whoever stops counting.
 */
export async function undoQualification(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { memory, userId, seq }: { memory: NetworkMemory; userId: number; seq: number },
): Promise<MemberUse> {
  const now = deps.clock.now()
  const pairs = await network.standingPairsWith(tx, userId)
  const flushers = await network.flushersOf(tx, seq)
  const sideOf = (pair: network.PairRow) => (pair.leftUserId === userId ? 'left' : 'right')
  await network.markDisqualified(tx, seq)
  for (const side of ['left', 'right'] as const) {
    const ids = pairs.filter((pair) => sideOf(pair) === side).map(({ id }) => id)
    await network.markReversed(tx, ids, { side, now })
  }
  await tellAll(
    tx,
    deps,
    'pair.reversed',
    pairs.map(({ id }) => ({ pairId: id })),
  )
  const seqOf = (id: number) => memory.seqs.get(id)!
  return {
    pairs: pairs.map((pair) => ({
      earner: seqOf(pair.userId),
      partner: seqOf(sideOf(pair) === 'left' ? pair.rightUserId : pair.leftUserId),
    })),
    flushedBy: flushers.map(seqOf),
  }
}
