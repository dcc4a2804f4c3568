import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import type { Database } from './client.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'
import { lockRows } from './locks.ts'
import { addMessage } from './outbox.ts'
import { eachDatabase, type MakeDatabase } from './testing/index.ts'
import { outsideTransaction } from './transaction.ts'
import { afterCommit, providerOf, type Reader, type Tx } from './tx.ts'

const now = new Date('2026-11-22T10:00:00.123Z')
const lease = (name: string, fencingToken = 1) => ({ name, holder: 'a test', fencingToken, expiresAt: now })
const names = async (reader: Reader) =>
  (await reader.lease.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name)

test('the types keep writes inside transactions', () => {
  expectTypeOf<Tx>().toExtend<Reader>()
  expectTypeOf<PrismaClient>().not.toExtend<Tx>()
  expectTypeOf<Reader>().not.toExtend<Tx>()
  expectTypeOf<Reader['user']>().not.toHaveProperty('create')
  expectTypeOf<Reader['user']>().not.toHaveProperty('updateMany')
  expectTypeOf<Reader>().not.toHaveProperty('$executeRaw')
  expectTypeOf<Reader>().not.toHaveProperty('$transaction')
})

eachDatabase((provider, makeDatabase) => {
  let database: Database
  beforeAll(async () => {
    database = (await makeDatabase()).database
  })

  test('a Date comes back to the millisecond, and an amount beyond 2^53 to the paisa', async () => {
    await database.transaction((tx) => tx.lease.create({ data: lease('dated') }))
    expect((await database.read.lease.findUniqueOrThrow({ where: { name: 'dated' } })).expiresAt).toEqual(now)
    const user = { username: 'x', referralCode: 'x', dateJoined: now, updatedAt: now }
    const amount = 2n ** 53n + 1n
    await database.transaction(async (tx) => {
      const { id } = await tx.user.create({ data: user })
      await tx.wallet.create({ data: { userId: id, balance: amount, createdAt: now, updatedAt: now } })
    })
    expect((await database.read.wallet.findFirstOrThrow()).balance).toBe(amount)
    expect((await database.read.wallet.aggregate({ _sum: { balance: true } }))._sum.balance).toBe(amount)
  })

  test('commits all of the work or nothing of it', async () => {
    const failing = database.transaction(async (tx) => {
      await tx.lease.create({ data: lease('gone') })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await names(database.read)).not.toContain('gone')
  })

  test('knows which database a client speaks to', async () => {
    expect(database.provider).toBe(provider)
    expect(providerOf(database.read)).toBe(provider)
    expect(await database.transaction(async (tx) => providerOf(tx))).toBe(provider)
    expect(() => providerOf({} as Reader)).toThrow('not made by openDatabase')
  })

  test('does not begin a transaction inside a transaction', async () => {
    const nested = database.transaction(() => database.transaction(async () => 'never'))
    await expect(nested).rejects.toThrow('inside a transaction')
    expect(await database.transaction(async () => 'again')).toBe('again')
  })

  test('tells of committed messages and runs what waits for the commit, after it and only then', async () => {
    const told: string[] = []
    const stop = database.onMessagesCommitted(() => told.push('messages'))
    const change = (name: string, { fail }: { fail: boolean }) =>
      database.transaction(async (tx) => {
        afterCommit(tx, () => told.push(name))
        await addMessage(tx, { id: crypto.randomUUID(), name: 'payment.completed', payload: { paymentId: 1 }, now })
        expect(told).toEqual([])
        if (fail) throw new Error('no')
      })
    await expect(change('failed', { fail: true })).rejects.toThrow('no')
    await change('done', { fail: false })
    expect(told).toEqual(['done', 'messages'])
    await database.transaction((tx) => tx.lease.create({ data: lease('without a message') }))
    stop()
    await database.transaction((tx) => addMessage(tx, { id: crypto.randomUUID(), name: 'n', payload: {}, now }))
    expect(told).toEqual(['done', 'messages'])
  })

  test('forty transactions at once lose no increment', async () => {
    await database.transaction((tx) => tx.lease.create({ data: lease('counter', 0) }))
    const increment = () =>
      database.transaction(async (tx) => {
        await lockRows(tx, 'leases', ['counter'])
        const { fencingToken } = await tx.lease.findUniqueOrThrow({ where: { name: 'counter' } })
        await tx.lease.update({ where: { name: 'counter' }, data: { fencingToken: fencingToken + 1 } })
      })
    await Promise.all(Array.from({ length: 40 }, increment))
    expect((await database.read.lease.findUniqueOrThrow({ where: { name: 'counter' } })).fencingToken).toBe(40)
  })

  test('a failure that running again cannot cure is tried once', async () => {
    let tries = 0
    const failing = database.transaction(async (tx) => {
      tries += 1
      await tx.lease.create({ data: lease('twice') })
      await tx.lease.create({ data: lease('twice') })
    })
    await expect(failing).rejects.toMatchObject({ code: 'P2002' })
    expect(tries).toBe(1)
  })

  if (provider === 'mysql') onMysql(makeDatabase)
})

function onMysql(makeDatabase: MakeDatabase): void {
  describe('on MySQL', () => {
    let database: Database
    const pauses: number[] = []
    beforeAll(async () => {
      const sleep = async (ms: number) => void pauses.push(ms)
      database = (await makeDatabase({ sleep })).database
      const data = ['first', 'second'].map((name) => lease(name, 0))
      await database.transaction((tx) => tx.lease.createMany({ data }))
    })

    test('two transactions that lock in opposite order both succeed, one of them at its second try', async () => {
      pauses.length = 0
      let tries = 0
      const bothHoldOne = gather(2)
      const touch = (order: [string, string]) =>
        database.transaction(async (tx) => {
          tries += 1
          await tx.lease.updateMany({ where: { name: order[0] }, data: { fencingToken: { increment: 1 } } })
          if (tries <= 2) await bothHoldOne()
          await tx.lease.updateMany({ where: { name: order[1] }, data: { fencingToken: { increment: 1 } } })
        })
      await Promise.all([touch(['first', 'second']), touch(['second', 'first'])])
      expect(tries).toBe(3)
      expect(pauses).toHaveLength(1)
      const rows = await database.read.lease.findMany({ select: { fencingToken: true } })
      expect(rows).toEqual([{ fencingToken: 2 }, { fencingToken: 2 }])
    })

    test('a transaction that waited too long for a row is run again', async () => {
      pauses.length = 0
      let release = () => {}
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      const isLocked = gather(2)
      const holder = database.transaction(async (tx) => {
        await lockRows(tx, 'leases', ['first'])
        await isLocked()
        await held
      })
      let tries = 0
      const waiter = database.transaction(async (tx) => {
        tries += 1
        if (tries === 1) await isLocked()
        else release()
        await tx.$executeRaw`SET SESSION innodb_lock_wait_timeout = ${tries === 1 ? 1 : 50}`
        await lockRows(tx, 'leases', ['first'])
      })
      await Promise.all([holder, waiter])
      expect(tries).toBe(2)
      expect(pauses).toHaveLength(1)
    })

    test('a raw statement that loses a deadlock is run again too', async () => {
      let tries = 0
      const bothHoldOne = gather(2)
      const touch = (order: [string, string]) =>
        database.transaction(async (tx) => {
          tries += 1
          await lockRows(tx, 'leases', [order[0]])
          if (tries <= 2) await bothHoldOne()
          await lockRows(tx, 'leases', [order[1]])
        })
      await Promise.all([touch(['first', 'second']), touch(['second', 'first'])])
      expect(tries).toBe(3)
    })

    test('work that passes over a lost deadlock or lock wait commits nothing, and is run again', async () => {
      let tries = 0
      const bothHoldOne = gather(2)
      const touch = (order: [string, string], added: string) =>
        database.transaction(async (tx) => {
          tries += 1
          await tx.lease.updateMany({ where: { name: order[0] }, data: { holder: added } })
          if (tries <= 2) await bothHoldOne()
          await tx.lease.updateMany({ where: { name: order[1] }, data: { holder: added } }).catch(() => 'passed over')
          await tx.lease.create({ data: lease(added) }).catch(() => 'passed over')
        })
      await Promise.all([touch(['first', 'second'], 'by one'), touch(['second', 'first'], 'by two')])
      expect(tries).toBe(3)
      const rows = await database.read.lease.findMany({ where: { name: { in: ['first', 'second'] } } })
      expect(new Set(rows.map(({ holder }) => holder)).size).toBe(1)
      expect(await names(database.read)).toEqual(['by one', 'by two', 'first', 'second'])
    })

    test('the pool is whole after many failed transactions', async () => {
      const failing = () =>
        database.transaction(
          async (tx) => {
            await tx.$executeRaw`SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213`.catch(() => 'passed over')
          },
          { attempts: 1 },
        )
      const answers = await Promise.allSettled(Array.from({ length: 40 }, failing))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['rejected']))
      const fine = await Promise.all(Array.from({ length: 40 }, () => database.transaction((tx) => tx.lease.count())))
      expect(new Set(fine).size).toBe(1)
    })

    test('gives up after the attempts it was given', async () => {
      const attempts = database.transaction(() => Promise.reject(Object.assign(new Error('x'), { code: 'P2034' })), {
        attempts: 3,
      })
      pauses.length = 0
      await expect(attempts).rejects.toMatchObject({ code: 'P2034' })
      expect(pauses).toHaveLength(2)
    })

    test('sessions use UTC, READ COMMITTED and strict mode', async () => {
      const [session] = await database.transaction(
        (tx) => tx.$queryRaw<Record<string, string>[]>`SELECT @@session.time_zone AS zone, @@session.sql_mode AS mode`,
      )
      expect(session).toMatchObject({ zone: '+00:00', mode: expect.stringContaining('STRICT_TRANS_TABLES') })
      await database.transaction(async (tx) => {
        const before = await tx.lease.count()
        await outsideTransaction(() => database.transaction((other) => other.lease.create({ data: lease('newest') })))
        expect(await tx.lease.count()).toBe(before + 1)
      })
    })
  })
}

/** A meeting point: resolves for all when `size` of them have come. */
function gather(size: number): () => Promise<void> {
  let come = 0
  let open = () => {}
  const all = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    come += 1
    if (come === size) open()
    return all
  }
}
