import { eachDatabase } from '@ev/db/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  afterEach(() => api.expectSettledClean())

  const walletOf = async (by: Caller) => (await api.get('/api/wallet/my_wallet/', by).expect(200)).body
  const walletAt = (by: Caller, query: string) => api.get(`/api/wallet/statement/?${query}`, by)

  test('a wallet was empty before anything happened, and the future is not known', async () => {
    const member = await api.aMember()
    const { body } = await walletAt(member, 'at=2020-01-01T00:00:00Z').expect(200)
    expect(body).toMatchObject({
      balance: '0.00',
      total_earned: '0.00',
      updated_at: (await walletOf(member)).updated_at,
    })
    for (const at of ['2099-01-01T00:00:00Z', 'yesterday', '2026-11-20']) {
      const refused = await walletAt(member, `at=${at}`).expect(400)
      expect(Object.keys(refused.body.errors)).toEqual(['at'])
    }
  })

  test('is nobody else’s to read but an admin’s', async () => {
    const member = await api.aMember()
    for (const other of [await api.aMember(), await api.aColleague('staff')]) {
      expect((await walletAt(other, `user=${member.id}`).expect(404)).body.code).toBe('user.not_found')
    }
    const admin = await api.aColleague('admin')
    await walletAt(admin, 'user=999999').expect(404)
    expect((await walletAt(admin, `user=${member.id}`).expect(200)).body.id).toBe((await walletOf(member)).id)
  })
})
