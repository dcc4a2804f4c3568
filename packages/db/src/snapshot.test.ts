import { beforeAll, expect, test } from 'vitest'
import type { Database } from './client.ts'
import { eachDatabase } from './testing/index.ts'

const lease = (name: string) => ({ name, holder: 'a test', fencingToken: 1, expiresAt: new Date(0) })

eachDatabase((_name, makeDatabase) => {
  let db: Database
  beforeAll(async () => {
    db = (await makeDatabase()).database
  })

  test('a snapshot shows the state of its first read, and everyone else what was committed since', async () => {
    await db.transaction((tx) => tx.lease.create({ data: lease('before') }))
    await db.snapshot(
      async (reader) => {
        expect(await reader.lease.count()).toBe(1)
        await db.transaction((tx) => tx.lease.create({ data: lease('meanwhile') }))
        expect(await reader.lease.count()).toBe(1)
        expect(await reader.$queryRaw`SELECT name FROM leases`).toEqual([{ name: 'before' }])
        expect(await db.read.lease.count()).toBe(2)
      },
      { timeoutMs: 10_000 },
    )
    expect(await db.snapshot((reader) => reader.lease.count(), { timeoutMs: 10_000 })).toBe(2)
  })
})
