import { setTimeout as pause } from 'node:timers/promises'
import { withConnection } from '@ev/db/testing'
import { type ServicesStack, seededRandom, servicesStack } from '@ev/e2e'
import { shown, underLoad } from '../fault.ts'
import { ownMariaDb } from '../servers/own-mariadb.ts'
import type { OwnServer } from '../servers/own-server.ts'
import { hold } from './holds.ts'
import { services } from './stacks-of-faults.ts'

type OnOwnDatabase = ServicesStack & { readonly server: OwnServer }

const onOwnDatabase =
  (settings: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  async () => {
    const server = await ownMariaDb(settings)
    const stack = await servicesStack({ apis: 1, workers: 1, servers: { mysql: server.url }, env })
    return { ...stack, server }
  }

/** The tables that every money path locks, from the last one back to the first. */
const backwards = ['wallets', 'users', 'bookings', 'payouts'] as const
const opponents = 3
const lockWaitSeconds = 1

/** Others lock the same rows in the opposite order, keep some of them for too long, and end connections in the middle. */
export const lockTroubles = underLoad<OnOwnDatabase>({
  letter: 'i',
  title: 'deadlocks, lock waits that are too long, connections ended',
  on: services,
  open: onOwnDatabase([`--innodb-lock-wait-timeout=${lockWaitSeconds}`]),
  async harm({ databaseUrl, apis, workers }, { traffic, more }, { seconds }) {
    const end = performance.now() + seconds * 1_000
    const random = seededRandom(9)
    const oppose = async () => {
      while (performance.now() < end) {
        const third = Math.floor(random() * 3)
        const isSlow = random() < 0.3
        // It may lose the deadlock, wait too long itself, or have its connection ended: as good, the next one begins anew.
        await withConnection(databaseUrl, async ({ query }) => {
          await query('BEGIN')
          for (const table of backwards) await query(`SELECT id FROM ${table} WHERE id % 3 = ? FOR UPDATE`, [third])
          if (isSlow) await pause(lockWaitSeconds * 2_000)
          await query('ROLLBACK')
        }).catch(() => {})
        await pause(100)
      }
    }
    const endConnections = () =>
      withConnection(databaseUrl, async ({ query }) => {
        let ended = 0
        while (performance.now() < end) {
          await pause(2_000)
          const [victim] = await query(
            'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() ORDER BY RAND() LIMIT 1',
          )
          if (victim === undefined) continue
          await query(`KILL ${Number(victim['id'])}`).then(
            () => {
              ended += 1
            },
            () => {},
          )
        }
        return ended
      })
    const [ended] = await Promise.all([endConnections(), ...Array.from({ length: opponents }, oppose)])
    await more(1)
    const output = [...apis, ...workers].map((each) => each.output()).join('\n')
    const runAgain = (reason: string) => output.split(`"reason":"${reason}"`).length - 1
    const [deadlocks, waits] = [runAgain('deadlock'), runAgain('lock_wait')]
    const text = `${deadlocks} transactions run again after a deadlock, ${waits} after a lock wait, ${ended} connections ended; ${traffic.serverFaults} requests had to be repeated`
    return shown(deadlocks > 0 && waits > 0 && Number(ended) > 0, text)
  },
  close: ({ server }) => server.remove(),
})

const smallestPool = 4
const heldMs = 12_000
const crowd = 40

/** Every wallet is locked for a while by another client: transactions gather until no connection is left, and a crowd waits behind them. */
export const poolExhausted = underLoad<OnOwnDatabase>({
  letter: 'j',
  title: 'pool exhausted',
  on: services,
  open: onOwnDatabase([], { DATABASE_POOL_SIZE: String(smallestPool) }),
  async harm({ db, urls }, { books, cast }, { progress }) {
    const wallets = await hold(db, (tx) => tx.$queryRaw`SELECT id FROM wallets FOR UPDATE`)
    const asking = Array.from({ length: crowd }, (_, n) => {
      const { token } = cast.people[n % cast.people.length]!
      return books.client.ask({ method: 'POST', path: '/api/binary/pairs/check_pairs/', token, body: {} })
    })
    let mostWaiting = 0
    const end = performance.now() + heldMs
    while (performance.now() < end) {
      mostWaiting = Math.max(mostWaiting, await transactionsWaiting(urls[0]!))
      progress(`${mostWaiting} transactions wait for a connection`)
      await pause(300)
    }
    await wallets.release()
    await Promise.all(asking)
    return shown(
      mostWaiting > smallestPool,
      `${smallestPool} connections a process; ${mostWaiting} transactions waited for one at the worst`,
    )
  },
  close: ({ server }) => server.remove(),
})

/** As the metrics of the process tell it; 0 when they cannot be had. */
async function transactionsWaiting(url: string): Promise<number> {
  try {
    const metrics = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) })
    return Number(/^database_transactions\{state="waiting"\} (\d+)/m.exec(await metrics.text())?.[1] ?? 0)
  } catch {
    return 0
  }
}

const crashes = 2

export const databaseRestarted = underLoad<OnOwnDatabase>({
  letter: 's',
  title: 'database killed and started again',
  on: services,
  open: onOwnDatabase([]),
  async harm({ server }, { traffic, more }) {
    for (let n = 0; n < crashes; n += 1) {
      await server.kill()
      await pause(2_000)
      await server.start()
      await more(30)
    }
    const text = `kill -9 of MariaDB ${crashes} times; ${traffic.serverFaults + traffic.lostAnswers} requests had to be repeated`
    return shown(traffic.serverFaults > 0, text)
  },
  close: ({ server }) => server.remove(),
})
