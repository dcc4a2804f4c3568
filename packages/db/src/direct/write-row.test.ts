import { beforeAll, expect, test } from 'vitest'
import type { Database } from '../client.ts'
import { insertBooking, insertUser, testInstant } from '../testing/example-rows.ts'
import { eachDatabase } from '../testing/stacks.ts'
import { insertRow, updateRow } from './write-row.ts'
import { fieldWriter, insertRows } from './write-rows.ts'

const instalments = fieldWriter('instalments', ['bookingId', 'number', 'dueDate', 'amount', 'principal', 'interest'])

eachDatabase((_provider, makeDatabase) => {
  const sent: string[] = []
  let db: Database
  let userId: number
  let bookingId: number

  beforeAll(async () => {
    db = (await makeDatabase({ onStatement: (sql) => void sent.push(sql) })).database
    await db.transaction(async (tx) => {
      userId = (await insertUser(tx, { name: 'asha' })).id
      bookingId = (await insertBooking(tx, { userId })).id
    })
  })

  const aPayment = (amount: bigint) => ({
    bookingId,
    userId,
    amount,
    paymentMethod: 'cash',
    status: 'completed',
    paymentDate: testInstant,
    createdAt: testInstant,
  })
  const anInstalment = (number: number) => ({
    bookingId,
    number,
    dueDate: '2026-12-22',
    amount: 10n,
    principal: 10n,
    interest: 0n,
  })

  test('a row has the id that is answered, what it was given, and the defaults of the rest', async () => {
    const given = aPayment(9_007_199_254_740_993n)
    const id = await db.transaction((tx) => insertRow(tx, 'payments', { ...given, transactionId: undefined }))
    const row = await db.read.payment.findUniqueOrThrow({ where: { id } })
    const defaults = { refundedAmount: 0n, notes: '', transactionId: null, completedAt: null, bonusDueAt: null }
    expect(row).toEqual({ id, recordedById: null, ...given, ...defaults })
  })

  test('many rows come in their order, with few statements', async () => {
    sent.length = 0
    const numbers = Array.from({ length: 150 }, (_, at) => at + 1)
    await db.transaction((tx) => insertRows(tx, instalments, numbers.map(anInstalment)))
    expect(sent.filter((sql) => sql.startsWith('INSERT'))).toHaveLength(3)
    const rows = await db.read.instalment.findMany({ where: { bookingId }, orderBy: { id: 'asc' } })
    expect(rows.map(({ number }) => number)).toEqual(numbers)
    await db.transaction((tx) => insertRows(tx, instalments, []))
  })

  test('a change meets one row, and one that is missing is a fault', async () => {
    const id = await db.transaction((tx) => insertRow(tx, 'payments', aPayment(5n)))
    // Also a change to what is there already.
    for (const _ of [1, 2]) await db.transaction((tx) => updateRow(tx, 'payments', id, { bonusDueAt: testInstant }))
    expect(await db.read.payment.findUnique({ where: { id } })).toMatchObject({ amount: 5n, bonusDueAt: testInstant })
    const missing = db.transaction((tx) => updateRow(tx, 'payments', id + 1, { notes: 'x' }))
    await expect(missing).rejects.toThrow(`no row ${id + 1} in payments`)
  })
})
