import { beforeAll, expect, test } from 'vitest'
import * as bookings from './bookings.ts'
import type { Database } from './client.ts'
import * as payments from './payments.ts'
import { insertBooking, insertUser, testInstant } from './testing/example-rows.ts'
import { eachDatabase } from './testing/index.ts'
import * as users from './users.ts'

eachDatabase((_provider, makeDatabase) => {
  let database: Database
  beforeAll(async () => {
    database = (await makeDatabase()).database
  })

  test('e-mail addresses that differ by an accent or by case belong to different members', async () => {
    const emails = ['admin@example.com', 'ádmin@example.com', 'Admin@example.com']
    const members = await database.transaction(async (tx) => {
      const inserted = []
      for (const [at, email] of emails.entries()) inserted.push(await insertUser(tx, { name: `m${at}`, email }))
      return inserted
    })
    const found = await Promise.all(emails.map((email) => users.findByIdentifier(database.read, { email })))
    expect(found.map((user) => user?.id)).toEqual(members.map(({ id }) => id))
    expect(await users.findByIdentifier(database.read, { email: 'ADMIN@example.com' })).toBeNull()
  })

  test('transaction ids that differ by case are different payments, and only the same text is a duplicate', async () => {
    await database.transaction(async (tx) => {
      const { id: userId } = await insertUser(tx, { name: 'payer' })
      const { id: bookingId } = await insertBooking(tx, { userId })
      const pay = (transactionId: string) =>
        payments.insert(tx, {
          bookingId,
          userId,
          amount: 5n,
          paymentMethod: 'bank_transfer',
          status: 'completed',
          transactionId,
          paymentDate: testInstant,
          createdAt: testInstant,
        })
      const upper = await pay('Ab12345')
      const lower = await pay('aB12345')
      expect(lower.id).not.toBe(upper.id)
    })
    expect(await payments.isTransactionIdUsed(database.read, 'aB12345')).toBe(true)
    expect(await payments.isTransactionIdUsed(database.read, 'ab12345')).toBe(false)
  })

  test('bookings are still found by part of a number or address in any case', async () => {
    const { id } = await database.transaction(async (tx) => {
      const { id: userId } = await insertUser(tx, { name: 'finder', email: 'finder@example.com' })
      return insertBooking(tx, { userId, bookingNumber: 'EVQX00000001' })
    })
    for (const search of ['evqx0', 'EVQX0', 'FINDER@', 'finder@']) {
      const { rows } = await bookings.list(
        database.read,
        { ownedBy: null, search },
        { skip: 0, take: 10, direction: 'asc' },
      )
      expect(rows.map((row) => row.id)).toEqual([id])
    }
  })
})
