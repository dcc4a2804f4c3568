import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

const bank = {
  bank_name: 'HDFC Bank',
  account_number: '50100123456789',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'Asha Rao',
}

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
  })
  afterEach(() => api.expectSettledClean())

  const ask = async (by: Caller, requested_amount: unknown, more: object = {}) =>
    (await api.post('/api/payout/', by, { requested_amount, ...bank, ...more }).expect(201)).body
  const reject = (by: Caller, id: number, key?: string) =>
    api.post(`/api/payout/${id}/reject/`, by, { reason: 'The name is not that of the account.' }, key)
  const cancel = (by: Caller, id: number, key?: string) => api.post(`/api/payout/${id}/cancel/`, by, {}, key)
  const process = (by: Caller, id: number) => api.post(`/api/payout/${id}/process/`, by)
  const walletOf = async (by: Caller) => (await api.get('/api/wallet/my_wallet/', by).expect(200)).body

  async function aMemberWith(amount: number): Promise<Caller> {
    const member = await api.aMember()
    await api.post('/api/wallet/deposit/', admin, { user: member.id, amount, reason: 'For the test' }).expect(201)
    return member
  }

  test('a rejected payout gives its hold back in full and says why', async () => {
    const member = await aMemberWith(1_000)
    const { id } = await ask(member, 1_000)
    const { body } = await reject(admin, id).expect(200)
    expect(body).toMatchObject({
      status: 'rejected',
      next_statuses: [],
      failure_reason: 'The name is not that of the account.',
    })
    expect(await walletOf(member)).toMatchObject({ balance: '1000.00', held: '0.00', total_withdrawn: '0.00' })
    await api.settle()
    const [newest] = (await api.get('/api/notifications/', member)).body.results
    expect(newest.title).toBe('Payout rejected')
    const line = (await api.auditLines()).findLast(({ action }) => action === 'payout.rejected')
    expect(line).toMatchObject({ actorId: admin.id, subjectId: String(id) })
    await api.post(`/api/payout/${id}/reject/`, admin, {}).expect(400)
  })

  test('a cancelled payout gives its hold back in full', async () => {
    const member = await aMemberWith(1_000)
    const { id } = await ask(member, 400)
    expect((await cancel(member, id).expect(200)).body.status).toBe('cancelled')
    expect(await walletOf(member)).toMatchObject({ balance: '1000.00', held: '0.00' })
    await ask(member, 1_000)
  })

  test('only the owner cancels, only an admin rejects', async () => {
    const member = await aMemberWith(100)
    const { id } = await ask(member, 100)
    for (const other of [await api.aMember(), await api.aColleague('staff'), admin]) {
      expect((await cancel(other, id).expect(404)).body.code).toBe('payout.not_found')
    }
    await reject(member, id).expect(403)
    await reject(await api.aColleague('staff'), id).expect(403)
    expect((await reject(admin, 999_999).expect(404)).body.code).toBe('payout.not_found')
    expect((await walletOf(member)).held).toBe('100.00')
  })

  test('what is no longer pending is neither rejected nor cancelled', async () => {
    const member = await aMemberWith(300)
    const { id } = await ask(member, 100)
    await process(admin, id).expect(202)
    for (const attempt of [() => reject(admin, id), () => cancel(member, id)]) {
      expect((await attempt().expect(409)).body.code).toBe('payout.transition_refused')
    }
    await api.settle()
    await cancel(member, id).expect(409)
    const { id: cancelled } = await ask(member, 100)
    await cancel(member, cancelled).expect(200)
    await process(admin, cancelled).expect(409)
    expect(await walletOf(member)).toMatchObject({ balance: '200.00', held: '0.00' })
  })

  test('is done once per key, and by one of many who try together', async () => {
    const member = await aMemberWith(1_000)
    const { id } = await ask(member, 600)
    const attempts = times(
      12,
      (n) => [() => cancel(member, id), () => reject(admin, id), () => process(admin, id)][n % 3]!,
    )
    const answers = await Promise.all(attempts.map((attempt) => attempt()))
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(11)
    await api.settle()
    expect((await walletOf(member)).held).toBe('0.00')
    const other = await ask(member, 100)
    const first = await cancel(member, other.id, 'back').expect(200)
    const again = await cancel(member, other.id, 'back').expect(200)
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', first.body])
  })

  test('of a hundred parallel requests of the whole balance one is accepted', async () => {
    const member = await aMemberWith(5_000)
    const request = { requested_amount: 5_000, ...bank }
    const answers = await Promise.all(times(100, () => api.post('/api/payout/', member, request)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(99, () => 400)])
    expect(await walletOf(member)).toMatchObject({ held: '5000.00', available: '0.00' })
  })

  test('the tax is the server’s, whatever the client sends', async () => {
    const member = await aMemberWith(1_000)
    const wish = { tds_amount: '0.00', net_amount: '1000.00', transfer_amount: '1000.00', status: 'completed', user: 1 }
    expect(await ask(member, 1_000, wish)).toMatchObject({
      user: member.id,
      tds_amount: '50.00',
      net_amount: '950.00',
      transfer_amount: '950.00',
      status: 'pending',
    })
  })
})
