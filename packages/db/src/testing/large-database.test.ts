import { expect, test } from 'vitest'
import { eachDatabase } from './index.ts'
import { fillLargeDatabase, smallSize } from './large-database.ts'

eachDatabase((_provider, makeDatabase) => {
  // On SQLite filling also looks whether every foreign key leads somewhere.
  test('fills every table that a list reads', async () => {
    const { database, url } = await makeDatabase()
    const filled = new Map<string, number>()
    await fillLargeDatabase(url, smallSize, { onTable: (table, count) => filled.set(table, count) })
    expect(filled.get('wallet_transactions')).toBe(smallSize.walletLines)
    expect(filled.get('bookings')).toBe(smallSize.bookings)
    expect(filled.get('users')).toBe(smallSize.members)
    expect([...filled].filter(([, count]) => count === 0)).toEqual([])
    const longest = await database.read.walletTransaction.count({ where: { userId: 1 } })
    expect(longest).toBeGreaterThan(smallSize.walletLines / 25)
  })
})
