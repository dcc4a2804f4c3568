import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, notAmounts, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
  })
  afterEach(() => api.expectSettledClean())

  const reason = 'Cash handed in at the counter'
  const deposit = (by: Caller, user: number, amount: unknown, key?: string) =>
    api.post('/api/wallet/deposit/', by, { user, amount, reason }, key)
  const adjust = (by: Caller, user: number, amount: unknown, key?: string) =>
    api.post('/api/wallet/adjust/', by, { user, amount, reason }, key)
  const walletOf = async (by: Caller) => (await api.get('/api/wallet/my_wallet/', by).expect(200)).body

  test('puts in, corrects both ways, and never counts as earned', async () => {
    const member = await api.aMember()
    const { body } = await deposit(admin, member.id, '1000.00').expect(201)
    expect(body).toMatchObject({
      user: member.id,
      transaction_type: 'DEPOSIT',
      amount: '1000.00',
      balance_before: '0.00',
      balance_after: '1000.00',
      description: reason,
      reference_type: 'deposit',
      wallet: { balance: '1000.00', available: '1000.00', total_earned: '0.00' },
    })
    expect((await adjust(admin, member.id, '-250.50').expect(201)).body).toMatchObject({
      transaction_type: 'ADJUSTMENT',
      amount: '-250.50',
      wallet: { balance: '749.50' },
    })
    expect((await adjust(admin, member.id, 0.5).expect(201)).body.wallet.balance).toBe('750.00')
    expect(await walletOf(member)).toMatchObject({ balance: '750.00', total_earned: '0.00' })
  })

  test('stands in the audit log', async () => {
    const member = await api.aMember()
    const { body } = await deposit(admin, member.id, 10).expect(201)
    await adjust(admin, member.id, -1).expect(201)
    const lines = (await api.auditLines()).filter(({ subjectType }) => subjectType === 'wallet').slice(-2)
    expect(lines).toMatchObject([
      {
        actorId: admin.id,
        action: 'wallet.deposited',
        subjectId: String(member.id),
        details: { deposit: body.reference_id, amount: '10.00', reason },
      },
      { actorId: admin.id, action: 'wallet.adjusted', details: { amount: '-1.00', reason } },
    ])
  })

  test('takes no more than is available, however many try together', async () => {
    const member = await api.aMember()
    await deposit(admin, member.id, 100).expect(201)
    const refused = await adjust(admin, member.id, '-100.01').expect(400)
    expect([refused.body.code, Object.keys(refused.body.errors)]).toEqual(['wallet.insufficient', ['amount']])
    const answers = await Promise.all(times(10, () => adjust(admin, member.id, -60)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(9, () => 400)])
    expect((await walletOf(member)).balance).toBe('40.00')
  })

  test('is done once per key', async () => {
    const member = await api.aMember()
    const answers = await Promise.all(times(10, () => deposit(admin, member.id, 5, 'once')))
    expect(new Set(answers.map(({ status }) => status))).not.toContain(500)
    const again = await deposit(admin, member.id, '5.00', 'once').expect(201)
    expect(again.headers['idempotency-replayed']).toBe('true')
    await deposit(admin, member.id, 6, 'once').expect(409)
    expect((await walletOf(member)).balance).toBe('5.00')
  })

  test('is for admins, and never for the own wallet', async () => {
    const member = await api.aMember()
    for (const post of [deposit, adjust]) {
      await post(member, member.id, 1).expect(403)
      await post(await api.aColleague('staff'), member.id, 1).expect(403)
      expect((await post(admin, admin.id, 1).expect(403)).body.code).toBe('wallet.own_adjustment')
      expect((await post(admin, 999_999, 1).expect(404)).body.code).toBe('user.not_found')
      expect((await post(admin, member.id, 0).expect(400)).body.code).toBe('payment.not_positive')
    }
    await api.http.post('/api/wallet/deposit/').send({}).expect(401)
    expect((await walletOf(member)).balance).toBe('0.00')
  })

  test('refuses what is no amount and a reason of nothing', async () => {
    const member = await api.aMember()
    for (const amount of notAmounts) {
      const { body } = await deposit(admin, member.id, amount).expect(400)
      expect(Object.keys(body.errors)).toEqual(['amount'])
    }
    const { body } = await api
      .post('/api/wallet/adjust/', admin, { user: member.id, amount: 1, reason: ' ' })
      .expect(400)
    expect(Object.keys(body.errors)).toEqual(['reason'])
  })
})
