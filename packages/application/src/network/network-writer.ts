import { onceEach } from '@ev/db'
import type { EnvelopeOf } from '@ev/messaging'
import type { Deps } from '../deps.ts'
import { handlerKey } from '../handled-once.ts'
import type { BatchBounds, NetworkBatch } from './network-batch.ts'
import { createTreeWriter } from './tree-writer.ts'

const handler = 'network.place-and-match'

type NetworkMessage = EnvelopeOf<typeof handler>

/** The one that places members and makes pairs. */
export type NetworkWriter = {
  /** Handles messages together, in their order, in one transaction: all of them or none. A message handled before changes nothing. */
  handle(messages: readonly NetworkMessage[]): Promise<void>
}

const usualBounds: BatchBounds = { mostLegs: 500, mostDuePairs: 2_000 }

/** Acts upon the messages of the handler `network.place-and-match`. */
export function createNetworkWriter(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>,
  bounds: BatchBounds = usualBounds,
): NetworkWriter {
  const writer = createTreeWriter(deps)
  return {
    handle: (messages) =>
      writer.write(async ({ tx, batch, members }) => {
        const now = deps.clock.now()
        const isNew = await onceEach(
          tx,
          messages.map((message) => handlerKey(handler, message, now)),
        )
        const toDo = messages.filter((_, at) => isNew[at])
        await members.loadWithReferrers(toDo.flatMap(({ payload }) => ('userId' in payload ? [payload.userId] : [])))
        for (const message of toDo) await act(batch, message)
        return { asksForRest: toDo.some(({ name }) => name === 'tree.fell_behind') }
      }, bounds),
  }
}

/** The messages that name nobody are there to have a batch: each enters the month and does some of what is left. */
async function act(batch: NetworkBatch, { name, payload }: NetworkMessage): Promise<void> {
  if (!('userId' in payload)) return
  if (name === 'member.registered') await batch.place(payload.userId)
  else if (name === 'member.qualified') await batch.qualify(payload.userId)
  else if (name === 'member.disqualified') await batch.disqualify(payload.userId)
  else batch.check(payload.userId)
}
