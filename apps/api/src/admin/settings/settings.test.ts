import { companyOf } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../../testing/an-api.ts'

const facts = {
  company_name: 'Vayu Motors Pvt Ltd',
  address_lines: ['12 Marine Drive', 'Mumbai 400002'],
  gstin: '27AAPFU0939F1ZV',
  tan: 'MUMV12345B',
  pan: 'AAPFU0939F',
  support_email: 'help@vayu.example',
  support_phone: '1800 123 4567',
  responsible_person: 'Asha Rao, Director',
}

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let admin: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    admin = await api.aColleague('admin')
  })
  beforeEach(() => api.deps.db.transaction((tx) => tx.setting.deleteMany()))
  const read = async () => (await api.get('/api/admin/settings/', admin).expect(200)).body
  const change = (body: object, by = admin) =>
    api.http.patch('/api/admin/settings/').set('Authorization', by.authorization).send(body)

  test('what was never stated is empty, and the company has a name all the same', async () => {
    expect(await read()).toEqual({
      company_name: 'EV Distribution',
      address_lines: [],
      gstin: null,
      tan: null,
      pan: null,
      support_email: null,
      support_phone: null,
      responsible_person: null,
      updated_at: null,
      updated_by: null,
    })
    expect((await companyOf(api.deps.db.read)).name).toBe('EV Distribution')
  })

  test('a change touches what it names, counts at once for documents, and is audited without the numbers', async () => {
    const stated = { ...facts, updated_at: api.clock.now().toISOString(), updated_by: admin.id }
    expect((await change(facts).expect(200)).body).toEqual(stated)
    expect((await change({ support_phone: null }).expect(200)).body).toEqual({ ...stated, support_phone: null })
    expect(await companyOf(api.deps.db.read)).toMatchObject({ name: facts.company_name, pan: facts.pan, phone: null })
    const lines = (await api.auditLines()).filter(({ action }) => action === 'settings.changed')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatchObject({ actorId: admin.id, subjectId: 'company', details: { fields: 'phone' } })
    expect(JSON.stringify(lines)).not.toContain(facts.pan)
  })

  test.each([
    ['gstin', { gstin: '27AAPFU0939F1ZU' }],
    ['gstin', { gstin: facts.gstin, pan: 'ABCPE1234F' }],
    ['tan', { tan: 'MUM12345B' }],
    ['pan', { pan: 'x' }],
    ['company_name', { company_name: ' ' }],
    ['company_name', { company_name: null }],
    ['support_email', { support_email: 'nobody' }],
    ['responsible_person', { responsible_person: 'Asha\nRao' }],
    ['address_lines', { address_lines: times(6, () => 'x') }],
    ['address_lines.0', { address_lines: [{ $gt: '' }] }],
    ['updated_by', { updated_by: 1 }],
    ['colour', { colour: 'green' }],
  ])('a %s that cannot be is refused and changes nothing', async (field, body) => {
    expect(Object.keys((await change(body).expect(400)).body.errors)).toEqual([field])
    expect((await read()).updated_at).toBeNull()
  })

  test('changes at the same time all count', async () => {
    const changes = Object.entries(facts).map(([name, value]) => change({ [name]: value }).expect(200))
    await Promise.all(changes)
    expect(await read()).toMatchObject(facts)
  })

  test('members and staff are kept out', async () => {
    const staff = await api.aColleague('staff')
    for (const by of [staff, await api.aMember()]) {
      await api.get('/api/admin/settings/', by).expect(403)
      await change({ company_name: 'Mine' }, by).expect(403)
    }
  })
})
