import type { Deps } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { type ManualClock, manualClock, systemIds } from '@ev/runtime'
import { until } from '@ev/testing'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { stories } from '../testing/stories.ts'
import { type Schedule, scheduleCatalogue } from './catalogue.ts'
import { createSchedules, type Schedules } from './schedules.ts'

const minuteMs = 60_000
const leaseMs = 90_000
const everyMinute = '0 * * * * *'
const start = new Date('2026-11-20T06:00:00.000Z')
const soon = { graceMs: 5_000 }

eachDatabase((_name, makeDatabase) => {
  describe('schedules', () => {
    let db: Deps['db']
    let platform: QuietPlatform
    let clock: ManualClock
    let ran: string[]
    let told: string[]
    let workers: Schedules[]

    beforeAll(async () => {
      db = (await makeDatabase()).database
      platform = await aQuietPlatform(db)
    })
    beforeEach(() => {
      clock = manualClock(start)
      ran = []
      told = []
      workers = []
    })
    afterEach(async () => {
      await Promise.all(workers.map((worker) => worker.close(soon)))
      await db.transaction((tx) => tx.lease.deleteMany())
    })

    const noting = (name: string, note = name): Schedule => ({
      name,
      pattern: everyMinute,
      run: async () => void ran.push(note),
    })
    const lease = () => db.read.lease.findUnique({ where: { name: 'schedules' } })

    function aWorker(
      schedules: readonly Schedule[],
      { sleep = () => new Promise<void>(() => {}) }: { sleep?: Deps['sleep'] } = {},
    ): Schedules {
      const metrics = {
        scheduleRan: ({ schedule, outcome }: { schedule: string; outcome: string }) =>
          void told.push(`${schedule} ${outcome}`),
      }
      const worker = createSchedules({ ...platform.deps, clock, ids: systemIds, sleep }, { schedules, metrics })
      workers.push(worker)
      return worker
    }

    async function lookAfter(ms: number, ...looking: readonly Schedules[]): Promise<void> {
      clock.advance(ms)
      for (const worker of looking) await worker.look()
    }

    test('run at their times and not between', async () => {
      const worker = aWorker([noting('a')])
      await lookAfter(59_999, worker)
      expect(ran).toEqual([])
      await lookAfter(1, worker)
      await lookAfter(30_000, worker)
      await lookAfter(30_000, worker)
      expect(ran).toEqual(['a', 'a'])
      expect(told).toEqual(['a done', 'a done'])
    })

    test('of two workers one leads, also when both look at once', async () => {
      const [one, two] = [aWorker([noting('a', 'one')]), aWorker([noting('a', 'two')])]
      for (let minute = 0; minute < 5; minute += 1) {
        clock.advance(minuteMs)
        await Promise.all([one.look(), two.look()])
      }
      expect(ran).toHaveLength(5)
      expect(new Set(ran).size).toBe(1)
      expect(await lease()).toMatchObject({ fencingToken: 1 })
    })

    test('a leader that dies is followed when its lease is over, under a higher token, and not before', async () => {
      const [leader, follower] = [aWorker([noting('a', 'leader')]), aWorker([noting('a', 'follower')])]
      await lookAfter(minuteMs, leader, follower)
      // From here on nothing is heard of the leader. Its lease ends half a minute after the next time.
      await lookAfter(minuteMs, follower)
      expect(ran).toEqual(['leader'])
      await lookAfter(minuteMs, follower)
      expect(ran).toEqual(['leader', 'follower'])
      expect(await lease()).toMatchObject({ fencingToken: 2, expiresAt: new Date(clock.now().getTime() + leaseMs) })
      // Back from the dead, it finds another in its place.
      await lookAfter(minuteMs, leader, follower)
      expect(ran).toEqual(['leader', 'follower', 'follower'])
    })

    test('a leader that closes is followed at the next time', async () => {
      const [leader, follower] = [aWorker([noting('a', 'leader')]), aWorker([noting('a', 'follower')])]
      await lookAfter(minuteMs, leader, follower)
      await leader.close(soon)
      await lookAfter(minuteMs, leader, follower)
      expect(ran).toEqual(['leader', 'follower'])
      expect(await lease()).toMatchObject({ fencingToken: 2 })
    })

    test('a follower that closes leaves the leader its lease', async () => {
      const [leader, follower] = [aWorker([noting('a', 'leader')]), aWorker([noting('a', 'follower')])]
      await lookAfter(minuteMs, leader, follower)
      await follower.close(soon)
      await lookAfter(minuteMs, leader)
      expect(ran).toEqual(['leader', 'leader'])
      expect(await lease()).toMatchObject({ fencingToken: 1 })
    })

    test('one that fails is told of and runs again at its next time, and keeps no other from running', async () => {
      const failing: Schedule = {
        name: 'failing',
        pattern: everyMinute,
        run: () => Promise.reject(new Error('no paper')),
      }
      const worker = aWorker([failing, noting('other')])
      await lookAfter(minuteMs, worker)
      await lookAfter(minuteMs, worker)
      expect(told.toSorted()).toEqual(['failing failed', 'failing failed', 'other done', 'other done'])
    })

    test('one that takes long is not begun beside itself; the others go on', async () => {
      let finish = () => {}
      const finished = new Promise<void>((resolve) => {
        finish = resolve
      })
      let begun = 0
      const slow: Schedule = {
        name: 'slow',
        pattern: everyMinute,
        async run() {
          begun += 1
          await finished
        },
      }
      const worker = aWorker([slow, noting('quick')])
      clock.advance(minuteMs)
      const first = worker.look()
      await until(() => begun === 1 && ran.length === 1, { timeoutMs: 10_000 })
      await lookAfter(minuteMs, worker)
      expect([begun, ran]).toEqual([1, ['quick', 'quick']])
      finish()
      await first
      await lookAfter(minuteMs, worker)
      expect(begun).toBe(2)
    })

    test('closing waits for what runs, gives the lease back after it, and begins nothing more', async () => {
      let finish = () => {}
      const finished = new Promise<void>((resolve) => {
        finish = resolve
      })
      let begun = 0
      const slow: Schedule = {
        name: 'slow',
        pattern: everyMinute,
        async run() {
          begun += 1
          await finished
          ran.push('slow')
        },
      }
      const worker = aWorker([slow])
      clock.advance(minuteMs)
      void worker.look()
      await until(() => begun === 1, { timeoutMs: 10_000 })
      const closing = worker.close(soon).then(() => ran.push('closed'))
      expect((await lease())?.expiresAt.getTime()).toBeGreaterThan(clock.now().getTime())
      finish()
      await closing
      expect(ran).toEqual(['slow', 'closed'])
      expect((await lease())?.expiresAt).toEqual(new Date(0))
      await lookAfter(minuteMs, worker)
      expect(begun).toBe(1)
    })

    test('closing does not wait for ever', async () => {
      let begun = 0
      const endless: Schedule = {
        name: 'endless',
        pattern: everyMinute,
        async run() {
          begun += 1
          await new Promise(() => {})
        },
      }
      const asked: number[] = []
      const worker = aWorker([endless], { sleep: async (ms) => void asked.push(ms) })
      clock.advance(minuteMs)
      void worker.look()
      await until(() => begun === 1, { timeoutMs: 10_000 })
      await worker.close(soon)
      expect(asked).toEqual([soon.graceMs])
      expect((await lease())?.expiresAt).toEqual(new Date(0))
    })

    test('what fell due while nobody was there is done at the first time after, once', async () => {
      const story = stories(platform)
      const asha = await platform.aMember()
      const vehicle = await story.aVehicle({ stock: 1 })
      const booking = await story.book(asha.id, vehicle.id)
      clock.advance(40 * 86_400_000)
      const worker = aWorker(scheduleCatalogue)
      await lookAfter(minuteMs, worker)
      expect((await story.bookingOf(booking.id)).status).toBe('expired')
      await lookAfter(minuteMs, worker)
      await platform.settled()
      expect(await platform.messages('booking.expired')).toHaveLength(1)
      expect(told.every((each) => each.endsWith(' done'))).toBe(true)
      await platform.expectClean()
    })
  })
})
