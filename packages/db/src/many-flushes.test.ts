import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import { network } from './index.ts'
import { insertUser } from './testing/example-rows.ts'
import { eachDatabase } from './testing/stacks.ts'

eachDatabase((_provider, makeDatabase) => {
  // More than SQLite takes values in one statement.
  const count = 1_200

  test('every flush is read with the members it took, however many there are', async () => {
    const { database } = await makeDatabase()
    const createdAt = new Date('2026-11-22T10:00:00Z')
    await database.transaction(async (tx) => {
      const { id: userId } = await insertUser(tx, { name: 'ASHA' })
      const month = (n: number) => String(n).padStart(7, '0')
      const flushes = times(count, (n) => ({ id: n + 1, userId, month: month(n), memberCount: 2, createdAt }))
      await tx.pairFlush.createMany({ data: flushes })
      const members = times(count, (n) => [
        { flushId: n + 1, side: 'right' as const, memberSeq: 2 * n + 2 },
        { flushId: n + 1, side: 'left' as const, memberSeq: 2 * n + 1 },
      ])
      await tx.pairFlushMember.createMany({ data: members.flat() })
    })
    const read = await network.flushes(database.read)
    expect(read).toHaveLength(count)
    expect(read.map(({ left, right }) => [left, right])).toEqual(times(count, (n) => [[2 * n + 1], [2 * n + 2]]))
  })
})
