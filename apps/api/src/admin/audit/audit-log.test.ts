import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../../testing/an-api.ts'

type Line = { id: number; action: string; actor: number | null; is_intact: boolean; subject_id: string }

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  let member: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
    member = await api.aMember()
    const change = (body: object) =>
      api.http.patch('/api/admin/settings/').set('Authorization', admin.authorization).send(body).expect(200)
    await change({ company_name: 'First' })
    await api.get('/api/admin/settings/', member).expect(403)
    api.clock.advance(1_000)
    for (const n of times(3, (index) => index)) await change({ company_name: `Name ${n}` })
    await api.auditLines()
  })
  const log = async (query = '') => (await api.get(`/api/admin/audit-log/?${query}`, admin).expect(200)).body
  const verify = async (query = '') => (await api.get(`/api/admin/audit-log/verify/?${query}`, admin).expect(200)).body

  test('shows what was done and who was refused, newest first', async () => {
    const { count, results } = await log('page_size=2')
    expect(count).toBeGreaterThanOrEqual(5)
    expect(results[0]).toEqual({
      id: expect.any(Number),
      actor: admin.id,
      action: 'settings.changed',
      subject_type: 'setting',
      subject_id: 'company',
      details: { fields: 'name' },
      ip_address: expect.stringMatching(/127\.0\.0\.1$/),
      request_id: expect.any(String),
      created_at: api.clock.now().toISOString(),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      is_intact: true,
    })
  })

  test('is found by who, what, about what, and when', async () => {
    const found = async (query: string) => (await log(query)).results.map(({ actor, action }: Line) => [actor, action])
    expect(await found(`actor=${member.id}`)).toEqual([[member.id, 'auth.authorisation_failed']])
    expect(await found('action=settings.changed')).toHaveLength(4)
    expect(await found('subject_type=setting&subject_id=company')).toHaveLength(4)
    const later = api.clock.now().toISOString()
    expect(await found(`action=settings.changed&created_after=${later}`)).toHaveLength(3)
    expect(await found(`action=settings.changed&created_before=2026-11-19`)).toHaveLength(0)
    expect(await found("action=x'--&subject_id=%25")).toEqual([])
  })

  test('is read on with a cursor, without a gap or a repetition', async () => {
    const ids: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { results: Line[]; next_cursor: string | null } = await log(`page_size=2&cursor=${cursor}`)
      ids.push(...page.results.map(({ id }) => id))
      cursor = page.next_cursor
    }
    expect(ids).toEqual((await log('page_size=100')).results.map(({ id }: Line) => id))
  })

  test('is followed to its end, in parts', async () => {
    const all = await verify()
    expect(all).toEqual({
      holds: true,
      checked: expect.any(Number),
      broken_ids: [],
      reaches_end: true,
      next_after: null,
    })
    expect(all.checked).toBeGreaterThanOrEqual(5)
    const [newest] = (await log('page_size=1')).results
    expect(await verify(`after=${newest.id - 1}`)).toMatchObject({ holds: true, checked: 1, reaches_end: true })
    expect(await verify(`after=${newest.id}`)).toMatchObject({ holds: true, checked: 0, reaches_end: true })
    await api.get('/api/admin/audit-log/verify/?after=-1', admin).expect(400)
  })

  test('a line that was put in behind its back shows, and so does one that was taken off the end', async () => {
    const [newest] = (await api.auditLines()).slice(-1)
    const { id: _, ...line } = newest!
    const forged = { ...line, details: { fields: 'nothing' }, previousHash: newest!.hash, hash: 'f'.repeat(64) }
    const { id } = await api.deps.db.transaction((tx) => tx.auditLog.create({ data: forged }))
    const shown = (await log('page_size=1')).results[0]
    expect(shown).toMatchObject({ id, is_intact: false })
    expect(await verify()).toMatchObject({ holds: false, broken_ids: [id] })
    await api.deps.db.transaction((tx) => tx.auditHead.update({ where: { id: 1 }, data: { hash: 'e'.repeat(64) } }))
    expect(await verify(`after=${id}`)).toMatchObject({ holds: false, broken_ids: [], reaches_end: false })
  })

  test('is for admins', async () => {
    const staff = await api.aColleague('staff')
    for (const path of ['/api/admin/audit-log/', '/api/admin/audit-log/verify/']) {
      await api.get(path, staff).expect(403)
      await api.get(path, member).expect(403)
      await api.http.get(path).expect(401)
    }
  })
})
