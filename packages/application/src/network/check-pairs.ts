import { isRecorded, network, plans } from '@ev/db'
import { istMonth } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { handlerKey } from '../handled-once.ts'
import { tell } from '../tell.ts'
import { ownNode } from './read-tree.ts'

const answerWithinMs = 2_000
const lookEveryMs = 25

/** `pairs` are those that were made since the question; null when the matcher has not answered yet (it will). */
export type CheckedPairs = { readonly pairs: readonly network.PairRow[] | null; readonly remainingThisMonth: number }

/**
 * Asks the network worker to look at a member's legs again, and waits up to two seconds for its answer. Any number of simultaneous
 * questions make each pair once. Refuses with `network.placement_pending` or `network.not_placed`.
 */
export async function checkPairs(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'sleep'>,
  { userId }: { userId: number },
): Promise<CheckedPairs> {
  const { db, clock } = deps
  const before = (await ownNode(db.read, userId)).legs?.pairsMatched ?? 0
  const message = await db.transaction((tx) =>
    tell(tx, deps, 'pairs.check_requested', { userId, requestId: deps.ids.uuid() }),
  )
  const key = handlerKey('network.place-and-match', { id: message.id, name: 'pairs.check_requested' }, clock.now())
  for (let waitedMs = 0; waitedMs < answerWithinMs; waitedMs += lookEveryMs) {
    if (await isRecorded(db.read, key)) {
      const pairs = await network.pairsAfter(db.read, { userId, pairNumber: before })
      return { pairs, remainingThisMonth: await remaining(deps, userId) }
    }
    await deps.sleep(lookEveryMs)
  }
  return { pairs: null, remainingThisMonth: await remaining(deps, userId) }
}

async function remaining(deps: Pick<Deps, 'db' | 'clock'>, userId: number): Promise<number> {
  const { db, clock } = deps
  const now = clock.now()
  const { legs } = await ownNode(db.read, userId)
  const made = legs?.pairsMonth === istMonth(now) ? legs.pairsThisMonth : 0
  return Math.max(0, (await plans.current(db.read, now)).monthlyPairLimit - made)
}
