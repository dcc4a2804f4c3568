import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import Connection from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../client.ts'
import { PrismaClient } from '../generated/sqlite/client.ts'
import { migrate } from '../migrate/migrate.ts'
import { quietLog } from '../testing/index.ts'
import { outsideTransaction } from '../transaction.ts'

const soon = new Date('2026-11-22T10:00:00Z')
const lease = (name: string) => ({ name, holder: 'a test', fencingToken: 1, expiresAt: soon })

let folder: string
let file: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ev-test-'))
  file = join(folder, 'test.db')
  await migrate({ url: `file:${file}`, log: quietLog, clock: { now: () => soon } })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A transaction that writes one row, stays open while `meanwhile` runs, and then rolls back. */
async function rolledBack(
  transaction: (work: (tx: Pick<PrismaClient, 'lease'>) => Promise<never>) => Promise<never>,
  meanwhile: () => Promise<void>,
): Promise<void> {
  await expect(
    transaction(async (tx) => {
      await tx.lease.create({ data: lease('uncommitted') })
      await meanwhile()
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
}

describe('one Prisma client on better-sqlite3, as it comes', () => {
  let client: PrismaClient
  beforeEach(() => {
    client = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: file }), errorFormat: 'minimal' })
  })
  afterEach(() => client.$disconnect())

  test('loses a write that was acknowledged when a transaction beside it rolls back', async () => {
    await rolledBack(
      (work) => client.$transaction(work),
      async () => {
        await client.lease.create({ data: lease('acknowledged') })
        expect(await client.lease.findUnique({ where: { name: 'acknowledged' } })).not.toBeNull()
      },
    )
    expect(await client.lease.findUnique({ where: { name: 'acknowledged' } })).toBeNull()
  })

  test('shows what is not committed to a read outside', async () => {
    await rolledBack(
      (work) => client.$transaction(work),
      async () => expect(await client.lease.count()).toBe(1),
    )
    expect(await client.lease.count()).toBe(0)
  })
})

describe('openDatabase', () => {
  let database: Database
  beforeEach(async () => {
    database = await openDatabase({ url: `file:${file}`, log: quietLog })
  })
  afterEach(() => database.close())

  test('keeps what was acknowledged when a transaction begun before it rolls back', async () => {
    let acknowledged: Promise<unknown> = Promise.resolve()
    await rolledBack(database.transaction, async () => {
      const write = () => database.transaction((tx) => tx.lease.create({ data: lease('acknowledged') }))
      acknowledged = outsideTransaction(write)
    })
    await acknowledged
    expect(await database.read.lease.findMany({ select: { name: true } })).toEqual([{ name: 'acknowledged' }])
  })

  test('shows committed data only to a read outside', async () => {
    await rolledBack(database.transaction, async () => expect(await database.read.lease.count()).toBe(0))
    await database.transaction((tx) => tx.lease.create({ data: lease('committed') }))
    expect(await database.read.lease.count()).toBe(1)
  })

  test('does not write through the reader, not even with raw SQL', async () => {
    await expect(database.read.$queryRaw`DELETE FROM leases`).rejects.toThrow()
  })

  test('keeps foreign keys and waits for the disk at commit', async () => {
    const [keys] = await database.transaction((tx) => tx.$queryRaw<{ foreign_keys: bigint }[]>`PRAGMA foreign_keys`)
    const [sync] = await database.transaction((tx) => tx.$queryRaw<{ synchronous: bigint }[]>`PRAGMA synchronous`)
    expect([Number(keys?.foreign_keys), Number(sync?.synchronous)]).toEqual([1, 2])
    expect(new Connection(file).pragma('journal_mode', { simple: true })).toBe('wal')
  })

  test('reads and then writes although another process commits in between', async () => {
    const other = new Connection(file, { timeout: 0 })
    await database.transaction(async (tx) => {
      expect(await tx.lease.count()).toBe(0)
      // The write lock is held from the start, so the other process is the one that has to wait.
      expect(() => other.prepare('DELETE FROM leases').run()).toThrow('locked')
      await tx.lease.create({ data: lease('mine') })
    })
    other.close()
    expect(await database.read.lease.count()).toBe(1)
  })

  test('runs a transaction again while another process holds the write lock', async () => {
    const other = new Connection(file)
    other.exec('BEGIN IMMEDIATE')
    const pauses: number[] = []
    const patient = await openDatabase({
      url: `file:${file}`,
      log: quietLog,
      random: () => 0.5,
      sleep: async (ms) => {
        pauses.push(ms)
        if (pauses.length === 3) other.exec('COMMIT')
      },
    })
    await patient.transaction((tx) => tx.lease.create({ data: lease('after all') }))
    await patient.close()
    other.close()
    expect(pauses).toEqual([7.5, 15, 30])
    expect(await database.read.lease.count()).toBe(1)
  })

  test('gives up after the last attempt, and works on when the lock is gone', async () => {
    const other = new Connection(file)
    other.exec('BEGIN IMMEDIATE')
    const write = (name: string) =>
      database.transaction((tx) => tx.lease.create({ data: lease(name) }), { attempts: 2 })
    await expect(write('refused')).rejects.toThrow()
    other.exec('COMMIT')
    other.close()
    await write('accepted')
    expect(await database.read.lease.findMany({ select: { name: true } })).toEqual([{ name: 'accepted' }])
  })

  test('takes back a transaction whose commit fails, and works on', async () => {
    const orphan = database.transaction(async (tx) => {
      await tx.$executeRawUnsafe('PRAGMA defer_foreign_keys = ON')
      await tx.lease.create({ data: lease('gone') })
      await tx.wallet.create({ data: { userId: 999, createdAt: soon, updatedAt: soon } })
    })
    await expect(orphan).rejects.toThrow()
    await database.transaction((tx) => tx.lease.create({ data: lease('after') }))
    expect(await database.read.lease.findMany({ select: { name: true } })).toEqual([{ name: 'after' }])
  })

  test('a copy of the file that is made while it is closed has everything', async () => {
    await database.transaction((tx) => tx.lease.create({ data: lease('kept') }))
    await database.close()
    copyFileSync(file, join(folder, 'copy.db'))
    database = await openDatabase({ url: `file:${join(folder, 'copy.db')}`, log: quietLog })
    expect(await database.read.lease.count()).toBe(1)
  })
})

test('a read that needs more than one statement reads on the reader', async () => {
  const db = await openDatabase({ url: `file:${file}`, log: quietLog })
  const people = Array.from({ length: 2_500 }, (_, n) => ({
    username: `member${n}`,
    referralCode: `REF${n}`,
    dateJoined: soon,
    updatedAt: soon,
  }))
  await db.transaction((tx) => tx.user.createMany({ data: people }))
  await db.transaction((tx) =>
    tx.wallet.createMany({ data: people.map((_, n) => ({ userId: n + 1, createdAt: soon, updatedAt: soon })) }),
  )
  // More ids than one statement may have parameters, so that the relation is read in several.
  const found = await db.read.user.findMany({ include: { wallet: true } })
  expect(found.filter(({ wallet }) => wallet !== null)).toHaveLength(2_500)
  await db.close()
})
