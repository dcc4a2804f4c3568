import { setTimeout as pause } from 'node:timers/promises'
import type { Transaction } from '@prisma/driver-adapter-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from './client.ts'
import type { Direct } from './direct/direct.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'
import { inLateTransaction } from './late-transaction.ts'
import { eachDatabase } from './testing/index.ts'
import { directOf, type Tx } from './tx.ts'

describe('at the limit of its time', () => {
  /** A transaction of no database, whose commit and rollback take `ms`, and what was sent on it. */
  function aSlowOne(ms: number) {
    const sent: string[] = []
    const send = (what: string) => async () => {
      await pause(ms)
      sent.push(what)
    }
    const transaction = {
      provider: 'mysql',
      adapterName: 'none',
      options: { usePhantomQuery: true },
      commit: send('commit'),
      rollback: send('rollback'),
    } as unknown as Transaction
    const direct: Direct = { rows: async () => [], run: async () => ({ insertId: 0, affected: 0 }) }
    const options = {
      client: {} as PrismaClient,
      handOver: () => Promise.reject(new Error('Nobody joins.')),
      timeoutMs: 30,
    }
    return { sent, run: (work: () => Promise<unknown>) => inLateTransaction({ transaction, direct }, options, work) }
  }

  test('a commit that is under way is not met by a rollback', async () => {
    const { sent, run } = aSlowOne(90)
    expect(await run(async () => 'done')).toBe('done')
    await pause(60)
    expect(sent).toEqual(['commit'])
  })

  test('it is over only when it is rolled back, and that once', async () => {
    const { sent, run } = aSlowOne(90)
    await expect(run(() => pause(60))).rejects.toThrow('took longer than 30 ms')
    expect(sent).toEqual(['rollback'])
    await pause(120)
    expect(sent).toEqual(['rollback'])
  })
})

eachDatabase((_name, makeDatabase) => {
  let db: Database
  beforeEach(async () => {
    db = (await makeDatabase({ poolSize: 4 })).database
  })

  const lease = (name: string) => ({ name, holder: 'h', fencingToken: 1, expiresAt: new Date(0) })
  const names = async () => (await db.read.lease.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name)
  const rename = (tx: Tx, from: string, to: string) =>
    directOf(tx).run('UPDATE leases SET name = ? WHERE name = ?', [to, from])

  test('Prisma and the driver are in one transaction, whichever speaks first', async () => {
    await db.transaction(async (tx) => {
      await tx.lease.create({ data: lease('a') })
      expect((await rename(tx, 'a', 'b')).affected).toBe(1)
      expect(await tx.lease.findUnique({ where: { name: 'b' } })).not.toBeNull()
    })
    await db.transaction(async (tx) => {
      await rename(tx, 'b', 'c')
      await Promise.all([tx.lease.create({ data: lease('d') }), tx.lease.create({ data: lease('e') })])
      expect(await tx.$queryRaw`SELECT name FROM leases WHERE name = 'c'`).toHaveLength(1)
    })
    expect(await names()).toEqual(['c', 'd', 'e'])
    const failing = db.transaction(async (tx) => {
      await tx.lease.deleteMany()
      await rename(tx, 'c', 'gone')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await names()).toEqual(['c', 'd', 'e'])
  })

  test('one that takes too long is rolled back, its next statement fails, and the connection is good for others', async () => {
    for (const by of ['prisma', 'driver'] as const) {
      const late = db.transaction(
        async (tx) => {
          if (by === 'prisma') await tx.lease.create({ data: lease('late') })
          else await directOf(tx).run("UPDATE leases SET holder = 'late'", [])
          await pause(400)
          if (by === 'prisma') await tx.lease.create({ data: lease('later') })
          else await rename(tx, 'late', 'later')
        },
        { timeoutMs: 100 },
      )
      await expect(late).rejects.toThrow('took longer than 100 ms')
      // It has nothing left to send, and is not committed for that.
      const silent = db.transaction(
        async (tx) => {
          await tx.lease.create({ data: lease('late') })
          await pause(400)
        },
        { timeoutMs: 100 },
      )
      await expect(silent).rejects.toThrow('took longer than 100 ms')
      expect(await names()).toEqual([])
    }
    await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((name) => db.transaction((tx) => tx.lease.create({ data: lease(name) }))),
    )
    expect(await names()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(db.load()).toEqual({ running: 0, waiting: 0 })
  })

  test('a client that is kept beyond its transaction does nothing', async () => {
    let kept: Tx | undefined
    await db.transaction(async (tx) => {
      kept = tx
      await tx.lease.create({ data: lease('a') })
    })
    await expect(kept!.lease.deleteMany()).rejects.toThrow()
    await expect(rename(kept!, 'a', 'b')).rejects.toThrow('after the end')
    await db.transaction(async (tx) => {
      kept = tx
    })
    await expect(kept!.lease.deleteMany()).rejects.toThrow('after the end')
    expect(await names()).toEqual(['a'])
  })
})
