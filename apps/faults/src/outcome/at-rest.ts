import { setTimeout as pause } from 'node:timers/promises'
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
  return `${unpublished} unpublished, ${due - handled} of ${due} not handled, ${uncredited} pairs not credited, ${transfers} payouts under way`
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
