import { setTimeout as pause } from 'node:timers/promises'
import { servicesStack } from '@ev/e2e'
import { systemClock } from '@ev/runtime'
import { until } from '@ev/testing'
import { shown, underLoad } from '../fault.ts'
import { book } from '../load/operations.ts'
import { longestWaitMs } from '../longest-wait.ts'
import { services } from './stacks-of-faults.ts'

/**
 * The only worker leads; a second one comes, the first dies, and what falls due is done by the second when the lease is over: it is held for
 * a minute and a half after its last renewal, and schedules come once a minute.
 */
export const leaderDies = underLoad({
  letter: 't',
  title: 'the leader of the schedules dies holding the lease',
  on: services,
  open: () => servicesStack({ apis: 1, workers: 1 }),
  async harm({ db, workers, addWorker }, { books, cast }, { progress }) {
    const [leader] = workers
    const lease = async () => {
      await pause(500)
      return db.read.lease.findUnique({ where: { name: 'schedules' } })
    }
    const held = await until(
      async () => {
        const now = await lease()
        return now !== null && now.holder !== '' && now.expiresAt > systemClock.now() ? now : null
      },
      { timeoutMs: longestWaitMs },
    )
    await addWorker()
    await leader!.kill()
    const diedAt = performance.now()
    const booking = await book(books, cast.people[1]!)
    // As if thirty days had gone by for this one booking.
    await db.transaction((tx) =>
      tx.booking.updateMany({ where: { id: booking!.id }, data: { expiresAt: systemClock.now() } }),
    )
    await until(
      async () => {
        progress(`waiting for another leader, ${Math.round((performance.now() - diedAt) / 1000)} s`)
        return (await lease())?.holder !== held.holder
      },
      { timeoutMs: longestWaitMs },
    )
    const next = await lease()
    await until(
      async () => {
        await pause(500)
        return (await db.read.booking.findUnique({ where: { id: booking!.id } }))?.status === 'expired'
      },
      { timeoutMs: longestWaitMs },
    )
    const seconds = Math.round((performance.now() - diedAt) / 1000)
    await leader!.start()
    const text = `another worker led and did what was due ${seconds} s later, fencing token ${held.fencingToken} → ${next?.fencingToken}`
    return shown(next !== null && next.fencingToken > held.fencingToken, text)
  },
})
