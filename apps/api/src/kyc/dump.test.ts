import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { eachDatabase, type TestDatabase } from '@ev/db/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'
import { dumpOfTables } from '../testing/dump-of-tables.ts'
import { nomineeOf, papersOf } from '../testing/papers.ts'

const mine = papersOf(1, { account_holder_name: 'Readable Holder' })
const other = papersOf(2)
const nominee = nomineeOf(3)
const wrong = { pan_number: 'ABCPE9999', aadhaar_number: '987654321098', account_number: '9876543210987654321' }
const numbers = [
  ...[mine, other].flatMap(({ pan_number, aadhaar_number, account_number }) => [
    pan_number,
    aadhaar_number,
    account_number,
  ]),
  nominee.id_proof_number,
]

eachDatabase((_name, makeDatabase) => {
  let made: TestDatabase
  let api: TestApi

  beforeAll(async () => {
    made = await makeDatabase()
    api = await anApi(made.database)
    const staff = await api.aColleague('staff')
    const member = await anEarner()
    const submit = (by: Caller, body: object) => api.post('/api/users/kyc/', by, body)
    const { body } = await submit(member, mine).expect(201)
    const reason = `The PAN ${mine.pan_number} and the account ${mine.account_number} are not on the scans`
    await api.post(`/api/users/kyc/${body.id}/reject/`, staff, { reason }).expect(200)
    await api.settle()
    const named = await api.post('/api/users/nominee/', member, nominee).expect(201)
    const quoted = { reason: `Not the PAN ${nominee.id_proof_number}` }
    await api.post(`/api/users/nominee/${named.body.id}/reject/`, staff, quoted).expect(200)
    await submit(member, mine).expect(200)
    await api.post(`/api/users/kyc/${body.id}/approve/`, staff).expect(200)
    await submit(await api.aMember(), other).expect(201)
    await submit(await api.aMember(), mine).expect(409)
    await submit(await api.aMember(), { ...other, ...wrong }).expect(400)
    await api.get(`/api/users/kyc/?search=${mine.pan_number}&account=${mine.account_number}`, staff).expect(200)
    await api.get(`/api/users/kyc/${mine.aadhaar_number}/`, staff).expect(404)
    await api.get(`/api/users/kyc/${body.id}/`, staff).expect(200)
    const { bank_name, account_number, ifsc_code, account_holder_name } = mine
    const bank = { bank_name, account_number, ifsc_code, account_holder_name }
    for (const key of ['first', 'second']) {
      await api.post('/api/payout/', member, { requested_amount: 100, ...bank }, key).expect(201)
    }
    await api.settle()
  })

  /** A member who has something to be paid out. */
  async function anEarner(): Promise<Caller> {
    const earner = await api.aMember()
    const buyer = await api.aMember(earner)
    const booking = await api.post('/api/booking/bookings/', buyer, bookingOf(await api.aVehicle())).expect(201)
    const payment = { amount: 100_000, payment_method: 'online' }
    await api.post(`/api/booking/bookings/${booking.body.id}/make_payment/`, buyer, payment).expect(201)
    await api.settle()
    return earner
  }

  test('a dump of the database holds no PAN, Aadhaar or account number, in no plain form', async () => {
    const dump = await dumpOf(made)
    // What is not secret is there, so the dump is one.
    expect(dump).toContain('Readable Holder')
    expect(dump).toContain('kyc.approved')
    for (const number of numbers) {
      const plainForms = [number, number.toLowerCase(), Buffer.from(number).toString('hex'), sha256(number)]
      for (const form of plainForms) expect(dump.includes(form), `${number} as ${form}`).toBe(false)
      const base64 = Buffer.from(number).toString('base64').slice(0, 11)
      expect(dump.includes(base64), `${number} in base64`).toBe(false)
    }
  })

  test('equal values are not equal in store, and the same value elsewhere does not decrypt', async () => {
    const { read } = made.database
    const payouts = await read.payout.findMany()
    const papers = await read.kyc.findFirstOrThrow({ where: { accountHolderName: 'Readable Holder' } })
    const stored = [papers.accountNumberEncrypted ?? '', ...payouts.map((row) => row.accountNumberEncrypted)]
    expect(stored).toHaveLength(3)
    expect(new Set(stored).size).toBe(3)
    const foreign = await read.kyc.findFirstOrThrow({ where: { id: { not: papers.id } } })
    const { encryption } = api.deps
    const context = (userId: number) => `kyc:${userId}:pan`
    const ciphertext = papers.panEncrypted ?? ''
    expect(encryption.decrypt({ ciphertext, context: context(papers.userId) })).toBe(mine.pan_number)
    expect(() => encryption.decrypt({ ciphertext, context: context(foreign.userId) })).toThrow()
    expect(() => encryption.decrypt({ ciphertext, context: `kyc:${papers.userId}:aadhaar` })).toThrow()
  })

  test('no line of the log holds a number, valid or not', () => {
    const log = api.lines.join('')
    expect(log).toContain('/users/kyc/{id}/')
    for (const number of [...numbers, wrong.aadhaar_number]) expect(log.includes(number), number).toBe(false)
  })

  test('a reason that quotes a number is kept without it', async () => {
    const { rejectionReason } = await made.database.read.nominee.findFirstOrThrow()
    expect(rejectionReason).toBe('Not the PAN [redacted]')
  })
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Everything that is stored: the bytes of the file and its log on SQLite, all columns of all tables on MySQL. */
async function dumpOf({ database, url }: TestDatabase): Promise<string> {
  if (database.provider === 'mysql') return dumpOfTables(database)
  const file = url.slice('file:'.length)
  const parts = [file, `${file}-wal`].filter((path) => existsSync(path))
  return parts.map((path) => readFileSync(path, 'latin1')).join('\n')
}
