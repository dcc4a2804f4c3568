import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let superuser: Caller
  let admin: Caller
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    superuser = await api.aSuperuser()
    admin = await api.aColleague('admin')
  })
  const create = (role: 'admin' | 'staff', by: Caller, body: object) => api.post(`/api/auth/create-${role}/`, by, body)
  const named = (changes: object = {}) => ({
    first_name: 'Ravi',
    last_name: 'Shah',
    email: api.nextEmail(),
    ...changes,
  })

  test('an admin creates staff, a superuser admins; both log in by code, and it is audited', async () => {
    const staff = named({ mobile: '98765 00001', city: 'Pune' })
    const { body } = await create('staff', admin, staff).expect(201)
    expect(body).toMatchObject({
      message: expect.any(String),
      user: { email: staff.email, mobile: '+919876500001', first_name: 'Ravi', city: 'Pune', role: 'staff' },
    })
    const colleague = named()
    const created = await create('admin', superuser, colleague).expect(201)
    expect(created.body.user.role).toBe('admin')
    const caller = await api.login(colleague.email)
    expect(caller.id).toBe(created.body.user.id)
    const row = await api.deps.db.read.user.findUniqueOrThrow({ where: { id: caller.id } })
    expect(row).toMatchObject({ isSuperuser: false, createdById: superuser.id })
    const lines = (await api.auditLines()).filter(({ action }) => action === 'user.created')
    expect(lines).toMatchObject([
      { actorId: admin.id, subjectId: String(body.user.id), details: { role: 'staff' } },
      { actorId: superuser.id, subjectId: String(caller.id), details: { role: 'admin' } },
    ])
  })

  test('an admin who is no superuser creates no admins, staff and members nobody', async () => {
    const colleague = named()
    expect((await create('admin', admin, colleague).expect(403)).body.code).toBe('auth.forbidden')
    const staff = await api.aColleague('staff')
    const member = await api.aMember()
    for (const by of [staff, member]) {
      await create('admin', by, colleague).expect(403)
      await create('staff', by, colleague).expect(403)
    }
    expect(await api.deps.db.read.user.count({ where: { email: colleague.email } })).toBe(0)
  })

  test('what the body says of role and rights has no effect', async () => {
    const { body } = await create(
      'staff',
      admin,
      named({ role: 'admin', is_superuser: true, is_active: false }),
    ).expect(201)
    const row = await api.deps.db.read.user.findUniqueOrThrow({ where: { id: body.user.id } })
    expect(row).toMatchObject({ role: 'staff', isSuperuser: false, isActive: true })
  })

  test('an address or number is needed, and must be free, also at the same moment', async () => {
    const nothing = await create('staff', admin, named({ email: '' })).expect(400)
    expect(Object.keys(nothing.body.errors)).toEqual(['email'])
    const member = await api.aMember()
    const taken = await create('staff', admin, named({ email: member.email.toUpperCase() })).expect(400)
    expect(taken.body).toMatchObject({ code: 'user.identifier_taken', errors: { email: [expect.any(String)] } })
    const colleague = named()
    const answers = await Promise.all(times(5, () => create('staff', admin, colleague)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400])
  })

  test.each([
    [{ first_name: '' }, 'first_name'],
    [{ email: 'x' }, 'email'],
    [{ mobile: '123' }, 'mobile'],
    [{ date_of_birth: '2020-01-01' }, 'date_of_birth'],
  ])('is refused for %j', async (change, field) => {
    const { body } = await create('staff', admin, named(change)).expect(400)
    expect(Object.keys(body.errors)).toEqual([field])
  })
})
