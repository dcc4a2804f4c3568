import { beforeAll, expect, test } from 'vitest'
import type { Database } from './client.ts'
import { acquireLease, releaseLease } from './leases.ts'
import { eachDatabase } from './testing/index.ts'

const start = new Date('2026-11-22T10:00:00Z')
const ttlMs = 10_000

eachDatabase((_provider, makeDatabase) => {
  let database: Database
  beforeAll(async () => {
    database = (await makeDatabase()).database
  })

  const acquire = (name: string, holder: string, afterMs = 0) =>
    database.transaction((tx) => acquireLease(tx, { name, holder, now: new Date(start.getTime() + afterMs), ttlMs }))

  test('one of many takes it', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => acquire('contested', `worker ${index}`)))
    expect(answers.filter((answer) => answer !== null)).toEqual([{ fencingToken: 1 }])
  })

  test('its holder renews it, another gets it only after it ran out, with a higher token', async () => {
    expect(await acquire('passed on', 'a')).toEqual({ fencingToken: 1 })
    expect(await acquire('passed on', 'a', 5_000)).toEqual({ fencingToken: 1 })
    expect(await acquire('passed on', 'b', 14_999)).toBeNull()
    expect(await acquire('passed on', 'b', 15_000)).toEqual({ fencingToken: 2 })
    expect(await acquire('passed on', 'a', 15_001)).toBeNull()
  })

  test('a holder that let it run out gets a new token', async () => {
    await acquire('run out', 'a')
    expect(await acquire('run out', 'a', ttlMs)).toEqual({ fencingToken: 2 })
  })

  test('is given back by its holder only', async () => {
    await acquire('given back', 'a')
    await database.transaction((tx) => releaseLease(tx, { name: 'given back', holder: 'b' }))
    expect(await acquire('given back', 'b')).toBeNull()
    await database.transaction((tx) => releaseLease(tx, { name: 'given back', holder: 'a' }))
    expect(await acquire('given back', 'b')).toEqual({ fencingToken: 2 })
  })
})
