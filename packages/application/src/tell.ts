import { addMessages, type Tx } from '@ev/db'
import type { MessageName, Payload } from '@ev/messaging'
import { currentTrace } from '@ev/runtime'
import type { Deps } from './deps.ts'

type Telling = Pick<Deps, 'clock' | 'ids'>

/** Puts a message into the outbox, in the transaction of the change it tells of; answers the message's id. */
export async function tell<N extends MessageName>(
  tx: Tx,
  deps: Telling,
  name: N,
  payload: Payload<N>,
): Promise<{ id: string }> {
  const [id] = await tellAll(tx, deps, name, [payload])
  return { id: id! }
}

/** Several messages of one name in one insert; answers their ids. */
export async function tellAll<N extends MessageName>(
  tx: Tx,
  { clock, ids }: Telling,
  name: N,
  payloads: readonly Payload<N>[],
): Promise<string[]> {
  const now = clock.now()
  const { requestId, traceparent } = currentTrace()
  const messages = payloads.map((payload) => ({
    id: ids.timeOrderedUuid(),
    name,
    payload,
    now,
    requestId,
    traceparent,
  }))
  await addMessages(tx, messages)
  return messages.map(({ id }) => id)
}
