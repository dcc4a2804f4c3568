import { publishAgain, publishedMessages, recordedKeys } from '@ev/db'
import { handlersOf } from '@ev/messaging'
import type { Deps } from '../deps.ts'
import { handlerKey } from '../handled-once.ts'

const pageSize = 500

/**
 * Has every message that was published since `since` published again when one of its handlers has not handled it: what a broker lost, with a
 * queue that was deleted or a disk that was restored. What it lost may have waited there, so that `since` is a moment when nothing did.
 * Handlers that have handled it already do nothing. What waits for another attempt is given one more, what is parked is tried again as
 * well. Answers how many messages.
 */
export async function resendMessages(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { since }: { since: Date },
): Promise<number> {
  const now = clock.now()
  let count = 0
  for (let afterId = 0; ; ) {
    const page = await publishedMessages(db.read, { since, afterId, limit: pageSize })
    const last = page.at(-1)
    if (last === undefined) return count
    const keysOf = ({ messageId: id, name }: (typeof page)[number]) =>
      handlersOf(name).map((handler) => handlerKey(handler, { id, name: name as never }, now))
    const recorded = await recordedKeys(
      db.read,
      page.flatMap((message) => keysOf(message).map(({ keyHash }) => keyHash)),
    )
    const isHandled = ({ scope, keyHash }: { scope: string; keyHash: string }) => recorded.has(`${scope} ${keyHash}`)
    const lost = page.filter((message) => !keysOf(message).every(isHandled)).map(({ id }) => id)
    if (lost.length > 0) await db.transaction((tx) => publishAgain(tx, lost))
    count += lost.length
    afterId = last.id
  }
}
