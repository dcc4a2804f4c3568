import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'
import { nomineeOf, papersOf } from '../testing/papers.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let staff: Caller
  let nominees = 0
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    staff = await api.aColleague('staff')
  })

  const nextNominee = (changes: object = {}) => nomineeOf(++nominees, changes)
  const name = (by: Caller, body: object = nextNominee()) => api.post('/api/users/nominee/', by, body)
  const approve = (by: Caller, id: number, body: object = {}) => api.post(`/api/users/nominee/${id}/approve/`, by, body)
  const reject = (by: Caller, id: number, body: object = { reason: 'Unclear' }) =>
    api.post(`/api/users/nominee/${id}/reject/`, by, body)
  const own = (by: Caller) => api.get('/api/users/nominee/', by)

  test('a nominee is named, shown masked, approved, and then read-only', async () => {
    const member = await api.aMember()
    expect((await own(member).expect(404)).body.code).toBe('nominee.not_found')
    expect((await api.get('/api/users/profile/', member)).body.nominee_exists).toBe(false)
    const sent = nextNominee({ email: 'Ravi@Example.ORG' })
    const { body } = await name(member, sent).expect(201)
    expect(body).toEqual({
      id: expect.any(Number),
      user: member.id,
      user_name: '',
      user_email: member.email,
      user_mobile: null,
      status: 'pending',
      next_statuses: ['approved', 'rejected'],
      full_name: 'Ravi Rao',
      relationship: 'spouse',
      date_of_birth: '1990-05-01',
      mobile: `+91${sent.mobile}`,
      email: 'ravi@example.org',
      address_line1: '',
      address_line2: '',
      city: 'Pune',
      state: '',
      pincode: '',
      id_proof_type: 'pan',
      id_proof_number: `XXXXXX${sent.id_proof_number.slice(-4)}`,
      id_proof_document: null,
      submitted_at: api.clock.now().toISOString(),
      reviewed_at: null,
      reviewed_by: null,
      rejection_reason: '',
    })
    expect((await own(member).expect(200)).body).toEqual(body)
    expect((await api.get('/api/users/profile/', member)).body.nominee_exists).toBe(true)
    expect((await approve(staff, body.id).expect(200)).body).toMatchObject({ status: 'approved' })
    expect((await name(member).expect(409)).body.code).toBe('nominee.read_only')
    expect((await reject(staff, body.id).expect(409)).body.code).toBe('nominee.transition_refused')
    await api.settle()
    expect((await api.get('/api/notifications/', member)).body.results).toMatchObject([
      { title: 'Nominee approved', message: 'Ravi Rao is approved as your nominee.', notification_type: 'nominee' },
    ])
  })

  test('one who is not approved is replaced as a whole, and a review of the one before is refused', async () => {
    const member = await api.aMember()
    const { body: first } = await name(member).expect(201)
    api.clock.advance(1_000)
    const bare = { full_name: 'Bela Rao', relationship: 'sister', date_of_birth: '2020-01-01', mobile: '9123456789' }
    const { body: second } = await name(member, bare).expect(200)
    expect(second).toMatchObject({ id: first.id, full_name: 'Bela Rao', email: null, id_proof_number: null, city: '' })
    const seenFirst = { submitted_at: first.submitted_at }
    expect((await approve(staff, first.id, seenFirst).expect(409)).body.code).toBe('nominee.replaced')
    expect((await reject(staff, first.id, { reason: 'x', ...seenFirst }).expect(409)).body.code).toBe(
      'nominee.replaced',
    )
    await reject(staff, first.id, { reason: 'Unclear', submitted_at: second.submitted_at }).expect(200)
    expect((await own(member)).body).toMatchObject({ status: 'rejected', rejection_reason: 'Unclear' })
    const { body: third } = await name(member).expect(200)
    expect(third).toMatchObject({ status: 'pending', rejection_reason: '', reviewed_by: null })
    await approve(staff, first.id, { submitted_at: third.submitted_at }).expect(200)
  })

  test.each([
    [{ full_name: '' }, 'full_name'],
    [{ relationship: undefined }, 'relationship'],
    [{ date_of_birth: '1990-02-30' }, 'date_of_birth'],
    [{ date_of_birth: '2026-11-22' }, 'date_of_birth'],
    [{ mobile: '1234567890' }, 'mobile'],
    [{ email: 'ravi' }, 'email'],
    [{ pincode: '0' }, 'pincode'],
    [{ id_proof_type: 'library_card' }, 'id_proof_type'],
    [{ id_proof_number: '' }, 'id_proof_number'],
    [{ id_proof_type: null }, 'id_proof_type'],
    [{ id_proof_number: 'ABCXE1234F' }, 'id_proof_number'],
    [{ id_proof_type: 'aadhaar', id_proof_number: '234123412345' }, 'id_proof_number'],
    [{ id_proof_type: 'passport', id_proof_number: '<script>' }, 'id_proof_number'],
  ])('refuses %j', async (changes, field) => {
    const { body } = await name(await api.aMember(), nextNominee(changes)).expect(400)
    expect(Object.keys(body.errors)).toEqual([field])
  })

  test('the nominee is not the member, by mobile, e-mail or number', async () => {
    const member = await api.aMember()
    const papers = papersOf(9_000)
    await api.deps.db.transaction((tx) =>
      tx.user.update({ where: { id: member.id }, data: { mobile: '+919900000001' } }),
    )
    await api.post('/api/users/kyc/', member, papers).expect(201)
    const isMember = async (changes: object) => {
      const { body } = await name(member, nextNominee(changes)).expect(400)
      expect(body.code).toBe('nominee.is_member')
      return Object.keys(body.errors)
    }
    expect(await isMember({ mobile: '9900000001' })).toEqual(['mobile'])
    expect(await isMember({ mobile: '+919900000001' })).toEqual(['mobile'])
    expect(await isMember({ email: member.email.toUpperCase() })).toEqual(['email'])
    expect(await isMember({ id_proof_number: papers.pan_number })).toEqual(['id_proof_number'])
    const aadhaar = { id_proof_type: 'aadhaar', id_proof_number: papers.aadhaar_number }
    expect(await isMember(aadhaar)).toEqual(['id_proof_number'])
    await own(member).expect(404)
  })

  test('an approval looks again whether the nominee is the member', async () => {
    const member = await api.aMember()
    const papers = papersOf(9_001)
    const { body } = await name(member, nextNominee({ id_proof_number: papers.pan_number })).expect(201)
    await api.post('/api/users/kyc/', member, papers).expect(201)
    expect((await approve(staff, body.id).expect(400)).body.code).toBe('nominee.is_member')
    await reject(staff, body.id).expect(200)
  })

  test('of many reviews at once one happens', async () => {
    const { body } = await name(await api.aMember()).expect(201)
    const answers = await Promise.all(times(6, (n) => (n % 2 ? approve(staff, body.id) : reject(staff, body.id))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...times(5, () => 409)])
  })

  test('of many first nominees at once there is one row', async () => {
    const member = await api.aMember()
    const answers = await Promise.all(times(6, () => name(member)))
    expect(answers.map(({ status }) => status).sort()).toEqual([...times(5, () => 200), 201])
  })

  test('someone else’s nominee is not there; staff see the queue, and looking at one is remembered', async () => {
    const [owner, other] = [await api.aMember(), await api.aMember()]
    const { body } = await name(owner).expect(201)
    expect((await api.get(`/api/users/nominee/${body.id}/`, other).expect(404)).body.code).toBe('nominee.not_found')
    await api.get(`/api/users/nominee/?user=${owner.id}`, other).expect(404)
    await approve(other, body.id).expect(403)
    await reject(other, body.id).expect(403)
    await api.http.get('/api/users/nominee/').expect(401)
    const queue = (await api.get(`/api/users/nominee/?status=pending&user=${owner.id}`, staff).expect(200)).body
    expect(queue).toMatchObject({ count: 1, results: [{ id: body.id, user_email: owner.email }] })
    expect(queue.results[0]).not.toHaveProperty('id_proof_number')
    await api.get(`/api/users/nominee/${body.id}/`, staff).expect(200)
    await approve(staff, body.id).expect(200)
    const lines = (await api.auditLines()).filter((line) => line.subjectType === 'nominee')
    const own = lines.filter(({ subjectId }) => subjectId === String(body.id))
    expect(own.map(({ actorId, action }) => [actorId, action])).toEqual([
      [staff.id, 'nominee.read'],
      [staff.id, 'nominee.approved'],
    ])
  })

  test('nobody reviews their own, nor that of an account they made', async () => {
    const admin = await api.aColleague('admin')
    const { body } = await name(admin).expect(201)
    expect((await approve(admin, body.id).expect(403)).body.code).toBe('nominee.self_review')
    const puppet = await api.aColleague('staff', admin.id)
    const made = (await name(puppet).expect(201)).body
    expect((await reject(admin, made.id).expect(403)).body.code).toBe('nominee.self_review')
    await approve(staff, made.id).expect(200)
  })
})
