import { plans } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { defaultPlan } from '@ev/domain'
import { times } from '@ev/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'
import { papersOf } from '../testing/papers.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let staff: Caller
  let papers = 0
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    staff = await api.aColleague('staff')
  })

  const nextPapers = (changes: object = {}) => papersOf(++papers, changes)
  const submit = (by: Caller, body: object = nextPapers()) => api.post('/api/users/kyc/', by, body)
  const approve = (by: Caller, id: number) => api.post(`/api/users/kyc/${id}/approve/`, by)
  const reject = (by: Caller, id: number, reason: unknown = 'The picture cannot be read') =>
    api.post(`/api/users/kyc/${id}/reject/`, by, { reason })
  const noticesOf = async (by: Caller): Promise<string[]> => {
    await api.settle()
    const { body } = await api.get('/api/notifications/', by).expect(200)
    return body.results.map(({ title }: { title: string }) => title)
  }
  const actionsOf = async (kycId: number) =>
    (await api.auditLines())
      .filter(({ subjectType, subjectId }) => subjectType === 'kyc' && subjectId === String(kycId))
      .map(({ actorId, action }) => [actorId, action])

  test('papers are submitted, shown masked, approved, and then read-only', async () => {
    const member = await api.aMember()
    expect((await api.get('/api/users/kyc/', member).expect(404)).body.code).toBe('kyc.not_found')
    const sent = nextPapers()
    const { body } = await submit(member, sent).expect(201)
    expect(body).toEqual({
      id: expect.any(Number),
      user: member.id,
      user_name: '',
      user_email: member.email,
      user_mobile: null,
      status: 'pending',
      next_statuses: ['approved', 'rejected'],
      pan_number: `XXXXXX${sent.pan_number.slice(-4)}`,
      aadhaar_number: `XXXXXX${sent.aadhaar_number.slice(-4)}`,
      address_line1: '12 MG Road',
      address_line2: '',
      city: 'Pune',
      state: 'Maharashtra',
      pincode: '411001',
      country: 'India',
      bank_name: 'HDFC Bank',
      account_number: `XXXXXX${sent.account_number.slice(-4)}`,
      ifsc_code: 'HDFC0001234',
      account_holder_name: 'Asha Rao',
      pan_document: null,
      aadhaar_front: null,
      aadhaar_back: null,
      submitted_at: api.clock.now().toISOString(),
      reviewed_at: null,
      reviewed_by: null,
      rejection_reason: '',
    })
    expect((await api.get('/api/users/kyc/', member).expect(200)).body).toEqual(body)
    expect((await api.get(`/api/users/kyc/${body.id}/`, member).expect(200)).body).toEqual(body)
    const approved = (await approve(staff, body.id).expect(200)).body
    expect(approved).toMatchObject({ status: 'approved', reviewed_by: staff.id, next_statuses: [] })
    expect((await api.get('/api/users/profile/', member)).body.kyc_status).toBe('approved')
    expect((await submit(member).expect(409)).body.code).toBe('kyc.read_only')
    expect((await reject(staff, body.id).expect(409)).body.code).toBe('kyc.transition_refused')
    expect(await noticesOf(member)).toEqual(['Identity check approved', 'Identity check submitted'])
    expect(await actionsOf(body.id)).toEqual([[staff.id, 'kyc.approved']])
  })

  test('what was rejected is submitted again, and each rejection is told', async () => {
    const member = await api.aMember()
    const { body } = await submit(member).expect(201)
    expect((await submit(member).expect(409)).body.code).toBe('kyc.transition_refused')
    expect((await reject(staff, body.id).expect(200)).body).toMatchObject({
      status: 'rejected',
      rejection_reason: 'The picture cannot be read',
    })
    await api.settle()
    const { body: again } = await submit(member).expect(200)
    expect(again).toMatchObject({ id: body.id, status: 'pending', rejection_reason: '', reviewed_by: null })
    await reject(staff, body.id, 'Still not').expect(200)
    expect(await noticesOf(member)).toEqual([
      'Identity check rejected',
      'Identity check submitted',
      'Identity check rejected',
      'Identity check submitted',
    ])
    const { body: notices } = await api.get('/api/notifications/', member)
    expect(notices.results[0].message).toContain('Reason: Still not')
  })

  test.each([
    [{ pan_number: 'ABCXE1234F' }, 'pan_number'],
    [{ pan_number: 'abcpe1234f' }, 'pan_number'],
    [{ pan_number: undefined }, 'pan_number'],
    [{ pan_number: ['ABCPE1234F'] }, 'pan_number'],
    [{ aadhaar_number: '234123412345' }, 'aadhaar_number'],
    [{ aadhaar_number: 234123412346 }, 'aadhaar_number'],
    [{ account_number: '12345678' }, 'account_number'],
    [{ account_number: '' }, 'account_number'],
    [{ ifsc_code: 'HDFC1001234' }, 'ifsc_code'],
    [{ account_holder_name: undefined }, 'account_holder_name'],
    [{ pincode: '012345' }, 'pincode'],
  ])('refuses %j', async (changes, field) => {
    const member = await api.aMember()
    const { body } = await submit(member, nextPapers(changes)).expect(400)
    expect(Object.keys(body.errors)).toEqual([field])
    await api.get('/api/users/kyc/', member).expect(404)
  })

  test('a bank account may be left out, and fields that are not the member’s to say have no effect', async () => {
    const member = await api.aMember()
    const { bank_name: _, account_number: __, ifsc_code: ___, account_holder_name: ____, ...rest } = nextPapers()
    const forged = { status: 'approved', user: 1, reviewed_by: 1, reviewed_at: '2026-01-01T00:00:00Z', id: 1 }
    const { body } = await submit(member, { ...rest, ...forged }).expect(201)
    expect(body).toMatchObject({ user: member.id, status: 'pending', reviewed_by: null, account_number: null })
  })

  test('no two members share a number, also when they send it together', async () => {
    const sent = nextPapers()
    await submit(await api.aMember(), sent).expect(201)
    for (const field of ['pan_number', 'aadhaar_number', 'account_number'] as const) {
      const { body } = await submit(await api.aMember(), nextPapers({ [field]: sent[field] })).expect(409)
      expect([body.code, Object.keys(body.errors)]).toEqual(['kyc.number_taken', [field]])
    }
    const rivals = await Promise.all(times(6, () => api.aMember()))
    const shared = nextPapers()
    const answers = await Promise.all(rivals.map((rival) => submit(rival, shared)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(5, () => 409)])
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual(
      times(5, () => 'kyc.number_taken'),
    )
  })

  test('of many submissions of one member at once one is first and the others wait for its review', async () => {
    const member = await api.aMember()
    const answers = await Promise.all(times(6, () => submit(member)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(5, () => 409)])
  })

  test('of an approval and a rejection at once one happens', async () => {
    const { body } = await submit(await api.aMember()).expect(201)
    const answers = await Promise.all(times(6, (n) => (n % 2 ? approve(staff, body.id) : reject(staff, body.id))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...times(5, () => 409)])
    expect(await actionsOf(body.id)).toHaveLength(1)
  })

  describe('roles', () => {
    test('someone else’s identity check is not there', async () => {
      const [owner, other] = [await api.aMember(), await api.aMember()]
      const { body } = await submit(owner).expect(201)
      const hidden = await api.get(`/api/users/kyc/${body.id}/`, other).expect(404)
      const absent = await api.get('/api/users/kyc/999999/', other).expect(404)
      const told = ({ code, title, detail, status }: Record<string, unknown>) => ({ code, title, detail, status })
      expect(told(hidden.body)).toEqual(told(absent.body))
      await api.get(`/api/users/kyc/?user=${owner.id}`, other).expect(404)
      await approve(other, body.id).expect(403)
      await reject(other, body.id).expect(403)
      await api.http.get(`/api/users/kyc/${body.id}/`).expect(401)
      await api.http.get('/api/users/kyc/').expect(401)
    })

    test('staff see the queue without numbers, and looking at one is remembered', async () => {
      const [first, second] = [await api.aMember(), await api.aMember()]
      const sent = nextPapers()
      const { body } = await submit(first, sent).expect(201)
      api.clock.advance(1_000)
      await reject(staff, (await submit(second).expect(201)).body.id).expect(200)
      const queue = (await api.get(`/api/users/kyc/?user=${first.id}&status=pending`, staff).expect(200)).body
      expect(queue).toMatchObject({ count: 1, next: null, results: [{ id: body.id, user_email: first.email }] })
      expect(queue.results[0]).not.toHaveProperty('pan_number')
      const newest = (await api.get('/api/users/kyc/?ordering=-submitted_at&page_size=1', staff).expect(200)).body
      expect(newest.results[0].user).toBe(second.id)
      expect((await api.get(`/api/users/kyc/?user=${first.id}&status=approved`, staff)).body.count).toBe(0)
      await api.get('/api/users/kyc/?ordering=pan_hash', staff).expect(400)
      expect(await actionsOf(body.id)).toEqual([])
      const admin = await api.aColleague('admin')
      const seen = (await api.get(`/api/users/kyc/${body.id}/`, admin).expect(200)).body
      expect(seen.pan_number).toBe(`XXXXXX${sent.pan_number.slice(-4)}`)
      await api.get(`/api/users/kyc/${body.id}/`, first).expect(200)
      expect(await actionsOf(body.id)).toEqual([[admin.id, 'kyc.read']])
    })

    test('nobody reviews their own, nor that of an account they made', async () => {
      const admin = await api.aColleague('admin')
      const own = (await submit(admin).expect(201)).body
      expect((await approve(admin, own.id).expect(403)).body.code).toBe('kyc.self_review')
      expect((await reject(admin, own.id).expect(403)).body.code).toBe('kyc.self_review')
      const puppet = await api.aColleague('staff', admin.id)
      const made = (await submit(puppet).expect(201)).body
      expect((await approve(admin, made.id).expect(403)).body.code).toBe('kyc.self_review')
      await approve(staff, made.id).expect(200)
      await approve(staff, own.id).expect(200)
      await approve(staff, 999_999).expect(404)
    })

    test.each(['', ' ', undefined, 'a\nb', 'x'.repeat(901), { a: 1 }])(
      'a rejection needs a reason, not %j',
      async (reason) => {
        const { body } = await submit(await api.aMember()).expect(201)
        const { body: problem } = await api.post(`/api/users/kyc/${body.id}/reject/`, staff, { reason }).expect(400)
        expect(Object.keys(problem.errors)).toEqual(['reason'])
      },
    )
  })

  test('an approved identity check opens payouts that need one, and its PAN sets the tax rate', async () => {
    const strict = await anApi((await makeDatabase()).database)
    await strict.deps.db.transaction(async (tx) => {
      const plan = { ...defaultPlan, version: 2, payoutRequiresKyc: true, tdsPolicy: 'section_194h' } as const
      const now = strict.clock.now()
      await plans.insert(tx, plan, { effectiveFrom: now, createdById: null, now })
    })
    const earner = await strict.aMember()
    const buyer = await strict.aMember(earner)
    const vehicle = await strict.aVehicle({ price: 1_000_000 })
    const booking = await strict.post('/api/booking/bookings/', buyer, bookingOf(vehicle)).expect(201)
    const payment = { amount: 1_000_000, payment_method: 'online' }
    await strict.post(`/api/booking/bookings/${booking.body.id}/make_payment/`, buyer, payment).expect(201)
    await strict.settle()
    const sent = papersOf(1)
    const { bank_name, account_number, ifsc_code, account_holder_name } = sent
    const bank = { bank_name, account_number, ifsc_code, account_holder_name }
    const ask = () => strict.post('/api/payout/', earner, { requested_amount: 30_000, ...bank })
    const tax = async () => (await strict.get('/api/payout/preview/?amount=30000', earner).expect(200)).body.tds_amount
    const reviewer = await strict.aColleague('staff')
    const review = (id: number, verdict: string) =>
      strict.post(`/api/users/kyc/${id}/${verdict}/`, reviewer, { reason: 'Unclear' }).expect(200)

    expect((await ask().expect(409)).body.code).toBe('payout.kyc_required')
    expect(await tax()).toBe('6000.00')
    const { body } = await strict.post('/api/users/kyc/', earner, sent).expect(201)
    expect((await ask().expect(409)).body.code).toBe('payout.kyc_required')
    expect(await tax()).toBe('6000.00')
    await review(body.id, 'reject')
    await ask().expect(409)
    await strict.post('/api/users/kyc/', earner, sent).expect(200)
    await review(body.id, 'approve')
    expect(await tax()).toBe('600.00')
    expect((await ask().expect(201)).body.tds_amount).toBe('600.00')
    await strict.expectSettledClean()
  })
})
