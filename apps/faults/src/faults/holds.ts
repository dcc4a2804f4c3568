import type { Database, Tx } from '@ev/db'

/** Locks that another client of the database keeps until they are released. */
export type Hold = { release(): Promise<void> }

const longestMs = 600_000

/** Takes locks in a transaction of its own and keeps them. */
export function hold(db: Database, take: (tx: Tx) => Promise<unknown>): Promise<Hold> {
  return new Promise((resolve, reject) => {
    let letGo = () => {}
    const released = new Promise<void>((done) => {
      letGo = done
    })
    const ended = db.transaction(
      async (tx) => {
        await take(tx)
        resolve({
          async release() {
            letGo()
            await ended
          },
        })
        await released
      },
      { timeoutMs: longestMs, attempts: 1 },
    )
    ended.catch(reject)
  })
}
