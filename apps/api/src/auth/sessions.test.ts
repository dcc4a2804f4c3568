import { eachDatabase } from '@ev/db/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  const list = async (by: Caller) => (await api.get('/api/auth/sessions/', by).expect(200)).body
  const end = (id: number, by: Caller) =>
    api.http.delete(`/api/auth/sessions/${id}/`).set('Authorization', by.authorization)

  async function twice() {
    const first = await api.aMember()
    api.clock.advance(31_000)
    return { first, second: await api.login(first.email) }
  }

  test('are listed newest first, with the current one marked, and nobody else’s', async () => {
    await api.aMember()
    const { first, second } = await twice()
    const { count, results } = await list(second)
    expect(count).toBe(2)
    expect(results).toMatchObject([{ is_current: true }, { is_current: false }])
    expect(results[0]).toEqual({
      id: expect.any(Number),
      ip_address: expect.any(String),
      user_agent: null,
      created_at: api.clock.now().toISOString(),
      last_used_at: api.clock.now().toISOString(),
      expires_at: new Date(api.clock.now().getTime() + 86_400_000).toISOString(),
      is_current: true,
    })
    expect((await list(first)).results).toMatchObject([{ is_current: false }, { is_current: true }])
  })

  test('end one by one: the tokens of the ended one stop at once, those of the other hold', async () => {
    const { first, second } = await twice()
    const other = (await list(second)).results[1]
    await end(other.id, second).expect(204)
    expect((await api.get('/api/users/profile/', first).expect(401)).body.code).toBe('auth.session_revoked')
    await api.http.post('/api/auth/refresh/').send({ refresh: first.refresh }).expect(401)
    expect((await list(second)).count).toBe(1)
    await end(other.id, second).expect(404)
  })

  test('the current one can be ended as well', async () => {
    const member = await api.aMember()
    const [current] = (await list(member)).results
    await end(current.id, member).expect(204)
    await api.get('/api/users/profile/', member).expect(401)
  })

  test('somebody else’s is answered like one that does not exist', async () => {
    const victim = await api.aMember()
    const [theirs] = (await list(victim)).results
    const attacker = await api.aMember()
    const { body: foreign } = await end(theirs.id, attacker).expect(404)
    const { body: absent } = await end(2_000_000_000, attacker).expect(404)
    expect(foreign.code).toBe('auth.session_not_found')
    expect({ ...foreign, instance: '', request_id: '' }).toEqual({ ...absent, instance: '', request_id: '' })
    await api.get('/api/users/profile/', victim).expect(200)
  })
})
