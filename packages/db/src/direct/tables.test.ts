import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../client.ts'
import { insertBooking, insertUser, testInstant } from '../testing/example-rows.ts'
import { eachDatabase } from '../testing/stacks.ts'
import { isUniqueViolation } from '../transient-errors.ts'
import { directOf } from '../tx.ts'
import { inList } from './direct.ts'
import type { DirectTable } from './table.ts'
import {
  bookingTable,
  headTable,
  paymentTable,
  planTable,
  settingTable,
  userTable,
  vehicleImageTable,
  vehicleTable,
  walletTable,
} from './tables.ts'

eachDatabase((_provider, makeDatabase) => {
  let db: Database

  beforeAll(async () => {
    const made = await makeDatabase()
    db = made.database
    await fill(db)
  })

  const all = <Row>(name: string, table: DirectTable<Row>, key = 'id') =>
    directOf(db.read)
      .rows(`SELECT ${table.columns('t')} FROM ${name} t ORDER BY t.${key}`, [])
      .then((rows) => rows.map((row) => table.read(row)))

  test('a row that is read directly is the row that the client reads, to the type of each field', async () => {
    const orderBy = { id: 'asc' } as const
    expect(await all('wallets', walletTable)).toEqual(await db.read.wallet.findMany({ orderBy }))
    expect(await all('users', userTable)).toEqual(await db.read.user.findMany({ orderBy }))
    expect(await all('bookings', bookingTable)).toEqual(await db.read.booking.findMany({ orderBy }))
    expect(await all('vehicles', vehicleTable)).toEqual(await db.read.vehicle.findMany({ orderBy }))
    expect(await all('vehicle_images', vehicleImageTable)).toEqual(await db.read.vehicleImage.findMany({ orderBy }))
    expect(await all('payments', paymentTable)).toEqual(await db.read.payment.findMany({ orderBy }))
    expect(await all('plans', planTable, 'version')).toEqual(
      await db.read.plan.findMany({ orderBy: { version: 'asc' } }),
    )
    expect(await all('network_head', headTable)).toEqual(await db.read.networkHead.findMany())
    expect(await all('settings', settingTable, 'updated_at')).toEqual(await db.read.setting.findMany())
  })

  test('an instant that is sent directly finds the rows that the client wrote', async () => {
    const found = await directOf(db.read).rows('SELECT COUNT(*) FROM users WHERE date_joined = ?', [testInstant])
    expect(Number(found[0]?.[0])).toBe(2)
  })

  describe('in a transaction', () => {
    const rename = 'UPDATE users SET first_name = ? WHERE username = ?'

    test('what is sent directly sees what the client wrote, and goes with it when that is rolled back', async () => {
      const failing = db.transaction(async (tx) => {
        await tx.user.updateMany({ where: { username: 'ravi' }, data: { lastName: 'Rao' } })
        expect(await directOf(tx).run(rename, ['Ravi', 'ravi'])).toMatchObject({ affected: 1 })
        const names = await directOf(tx).rows('SELECT first_name, last_name FROM users WHERE username = ?', ['ravi'])
        expect(names).toEqual([['Ravi', 'Rao']])
        throw new Error('taken back')
      })
      await expect(failing).rejects.toThrow('taken back')
      expect(await db.read.user.findFirst({ where: { username: 'ravi' } })).toMatchObject({
        firstName: '',
        lastName: '',
      })
    })

    test('a statement that comes after its end is refused, so that it is not part of another one', async () => {
      const direct = await db.transaction(async (tx) => directOf(tx))
      await expect(direct.run(rename, ['Late', 'ravi'])).rejects.toThrow('after the end of its transaction')
      await expect(direct.rows('SELECT 1', [])).rejects.toThrow('after the end of its transaction')
    })

    test('a unique key that exists is known as such', async () => {
      const twice = db.transaction((tx) =>
        directOf(tx).run('UPDATE users SET referral_code = ? WHERE username = ?', ['asha', 'ravi']),
      )
      await expect(twice).rejects.toSatisfy(isUniqueViolation)
    })
  })

  test('nothing is written through the reader on SQLite', async () => {
    if (db.provider === 'mysql') return
    await expect(directOf(db.read).run('UPDATE users SET first_name = ?', ['No'])).rejects.toThrow(/readonly/)
  })
})

test('a list of ids has one of a few lengths, and nothing that was not asked for', () => {
  expect(inList([7])).toEqual({ marks: '?', values: [7] })
  expect(inList([1, 2, 3])).toEqual({ marks: '?,?,?,?', values: [1, 2, 3, 3] })
})

/** Rows with something in every column that may be empty, and rows without. */
async function fill(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const asha = await insertUser(tx, { name: 'asha', email: 'asha@example.com' })
    await insertUser(tx, { name: 'ravi' })
    const at = { createdAt: testInstant, updatedAt: new Date(testInstant.getTime() + 1) }
    await tx.wallet.create({ data: { userId: asha.id, balance: 9_007_199_254_740_993n, ...at } })
    const booking = await insertBooking(tx, { userId: asha.id })
    await tx.booking.update({
      where: { id: booking.id },
      data: { emiAmount: 7n, emiStartDate: '2026-12-01', confirmedAt: testInstant, joinDistributorProgram: true },
    })
    await insertBooking(tx, { userId: asha.id, bookingNumber: 'EV00000001' })
    const data = { features: ['ABS', 'Ünïcode'], specifications: { range: '120 km' }, stockQuantity: 3 }
    await tx.vehicle.update({ where: { id: booking.vehicleId }, data })
    const picture = { contentType: 'image/webp', width: 4, height: 3, isPrimary: true, ...at }
    await tx.vehicleImage.create({ data: { vehicleId: booking.vehicleId, fileKey: 'a.webp', ...picture } })
    const settings = '{"pairBonus":{"$bigint":"5"}}'
    await tx.networkHead.create({
      data: { id: 1, version: 3, lastSeq: 2, month: '2026-11', updatedAt: testInstant, legsBehind: true },
    })
    await tx.plan.create({ data: { version: 1, effectiveFrom: testInstant, settings, createdAt: testInstant } })
    await tx.setting.create({ data: { key: 'company', value: { name: 'Ünïcode' }, updatedAt: testInstant } })
    const paid = { amount: 5n, paymentMethod: 'online', status: 'completed', paymentDate: testInstant } as const
    const payment = { bookingId: booking.id, userId: asha.id, createdAt: testInstant, ...paid }
    await tx.payment.create({ data: { ...payment, transactionId: 't1', completedAt: testInstant } })
    await tx.payment.create({ data: payment })
  })
}
