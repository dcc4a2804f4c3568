import { setTimeout as pause } from 'node:timers/promises'
import { messageKeyHash } from '@ev/application'
import type { Reader } from '@ev/db'
import { handlersOf } from '@ev/messaging'
import { until } from '@ev/testing'

/** What is still under way, in words; null when every message was handled by each of its handlers and nothing waits for one. */
export async function underWay(read: Reader): Promise<string | null> {
  const unpublished = await read.outboxMessage.count({ where: { publishedAt: null } })
  const byName = await read.outboxMessage.groupBy({ by: ['name'], _count: true })
  const handled = await read.idempotencyRecord.count({ where: { scope: { startsWith: 'handler:' } } })
  const due = byName.reduce((sum, { name, _count }) => sum + _count * handlersOf(name).length, 0)
  const uncredited = await read.pair.count({ where: { status: 'matched' } })
  const transfers = await read.payout.count({ where: { status: 'processing' } })
  const isAtRest = unpublished === 0 && handled >= due && uncredited === 0 && transfers === 0
  if (isAtRest) return null
  const counts = `${unpublished} unpublished, ${due - handled} of ${due} not handled, ${uncredited} pairs not credited, ${transfers} payouts under way`
  const named = handled < due ? await unhandled(read) : []
  return [counts, ...named].join('; ')
}

const namedOfEach = 10

/** The first messages that a handler has not handled, with the handler and the times that tell how each came to wait or was lost. */
async function unhandled(read: Reader): Promise<string[]> {
  const messages = await read.outboxMessage.findMany({ orderBy: { id: 'asc' } })
  const records = await read.idempotencyRecord.findMany({
    where: { scope: { startsWith: 'handler:' } },
    select: { scope: true, keyHash: true },
  })
  const recorded = new Set(records.map(({ scope, keyHash }) => `${scope} ${keyHash}`))
  const missing = messages.flatMap((message) =>
    handlersOf(message.name)
      .filter((handler) => !recorded.has(`handler:${handler} ${messageKeyHash(message.messageId)}`))
      .map((handler) => {
        const { id, name, createdAt, publishedAt } = message
        return `${name} ${id} by ${handler}, written ${createdAt.toISOString()}, published ${publishedAt?.toISOString() ?? 'not yet'}`
      }),
  )
  return missing.slice(0, namedOfEach)
}

const betweenLooksMs = 300

/** Waits until nothing is under way; answers what still is when the time is over. */
export async function atRest(read: Reader, { timeoutMs }: { timeoutMs: number }): Promise<string | null> {
  let last: string | null = 'nothing was read yet'
  try {
    await until(
      async () => {
        last = await underWay(read)
        if (last !== null) await pause(betweenLooksMs)
        return last === null
      },
      { timeoutMs },
    )
    return null
  } catch (error) {
    return last ?? String(error)
  }
}
