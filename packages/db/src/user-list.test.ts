import { times } from '@ev/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from './client.ts'
import { eachDatabase } from './testing/index.ts'
import type { Tx } from './tx.ts'
import { list, type UserFilter } from './user-list.ts'

const now = new Date('2026-11-25T06:00:00.000Z')
const many = 3_000
const newest = { field: 'id', direction: 'desc' } as const

eachDatabase((name, makeDatabase) => {
  let database: Database
  beforeAll(async () => {
    database = (await makeDatabase()).database
    const rows = times(many, (n) => ({
      username: `refcode${n}`,
      referralCode: `REFCODE${n}`,
      email: `someone${n}@example.com`,
      mobile: `+9198${String(10_000_000 + n)}`,
      firstName: `Given${n}`,
      lastName: `Family${n}`,
      dateJoined: now,
      updatedAt: now,
    }))
    const asha = { username: 'refasha', referralCode: 'REFASHA', dateJoined: now, updatedAt: now }
    const names = { email: 'asha_rao@vayu.in', mobile: '+917012345678', firstName: 'Asha', lastName: 'Rao' }
    await database.transaction(async (tx) => {
      await tx.user.createMany({ data: rows })
      await tx.user.createMany({ data: [{ ...asha, ...names, isDistributor: true }] })
      if (name === 'mysql') await tx.$queryRaw`ANALYZE TABLE users`
    })
  })
  const found = async (filter: UserFilter) => {
    const { rows } = await list(database.read, filter, newest, { skip: 0, take: 5 })
    return rows.map(({ username }) => username)
  }

  describe('a search', () => {
    test.each([
      'asha',
      'ASH',
      'rao',
      'Asha R',
      'asha_rao@',
      'Asha_Rao@Vayu.in',
      'refasha',
      'REFAS',
      '70123',
      '70123 45678',
      '+917012',
    ])('for %j finds the one whom it begins', async (search) => {
      expect(await found({ search })).toEqual(['refasha'])
    })

    test.each(['%', '_', '%sha', '_sha', 'sha', '\\', "' OR 1=1 --", '<script>', 'Asha X'])(
      'for %j finds nobody',
      async (search) => {
        expect(await found({ search })).toEqual([])
      },
    )

    test.runIf(name === 'mysql').each([{ search: 'asha' }, { search: 'someone1234@' }, { isDistributor: true }])(
      'for %j reads indexes, not the table',
      async (filter) => {
        const rows = await database.transaction(async (tx) => {
          const before = await rowsRead(tx)
          await list(tx, filter, newest, { skip: 0, take: 20 })
          return (await rowsRead(tx)) - before
        })
        expect(rows).toBeLessThan(200)
      },
    )
  })

  test('filters hold together', async () => {
    expect(await found({ isDistributor: true, roles: ['user'], joinedAfter: now, joinedBefore: now })).toEqual([
      'refasha',
    ])
    expect(await found({ isDistributor: true, roles: ['staff'] })).toEqual([])
    expect(await found({ isDistributor: true, roles: [] })).toEqual([])
    expect(await found({ isDistributor: true, isActive: false })).toEqual([])
    expect(await found({ search: 'asha', joinedBefore: new Date(0) })).toEqual([])
  })
})

/** How many rows and index entries this connection has read so far, on MySQL. */
async function rowsRead(tx: Tx): Promise<number> {
  const counters = await tx.$queryRaw<{ Value: string }[]>`SHOW SESSION STATUS LIKE 'Handler_read%'`
  return counters.reduce((sum, { Value }) => sum + Number(Value), 0)
}
