import { cleanUp } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { createMemoryFileStore } from '@ev/runtime'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'
import { dumpOfTables } from '../testing/dump-of-tables.ts'
import { nomineeOf, papersOf, pdf } from '../testing/papers.ts'

const profile = {
  first_name: 'Vasundhara',
  last_name: 'Deshmukh',
  date_of_birth: '1984-07-23',
  address_line1: '7 Tamarind Lane',
  city: 'Ratnagiri',
  state: 'Goa',
  pincode: '403001',
}

eachDatabase((_name, makeDatabase) => {
  const files = createMemoryFileStore()
  let api: TestApi
  let admin: Caller
  let staff: Caller
  let numbers = 0
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database, {}, { files })
    admin = await api.aColleague('admin')
    staff = await api.aColleague('staff')
  })
  afterEach(() => api.expectSettledClean())

  const erase = (id: number, by = admin) => api.post(`/api/users/${id}/erase/`, by)
  const wallet = async (by: Caller) => (await api.get('/api/wallet/my_wallet/', by).expect(200)).body
  const accountOf = async (id: number) => (await api.get(`/api/users/${id}/`, admin).expect(200)).body
  const linesOf = async (action: string, id: number) =>
    (await api.auditLines()).filter((line) => line.action === action && line.subjectId === String(id))

  /** A member of whom everything is known that the platform can know: a profile, approved papers, a nominee, documents. */
  async function aKnownMember() {
    numbers += 1
    const member = await api.aMember()
    const patch = api.http.patch('/api/users/update_profile/').set('Authorization', member.authorization)
    await patch.send({ ...profile, first_name: `${profile.first_name}${numbers}` }).expect(200)
    const papers = papersOf(numbers, { city: profile.city, account_holder_name: `V Deshmukh ${numbers}` })
    const form = async (path: string, fields: object, file: string) => {
      const sent = api.http.post(path).set('Authorization', member.authorization).attach(file, pdf(), 'scan')
      for (const [name, value] of Object.entries(fields)) sent.field(name, String(value))
      return (await sent.expect(201)).body
    }
    const { id: kycId } = await form('/api/users/kyc/', papers, 'pan_document')
    await api.post(`/api/users/kyc/${kycId}/approve/`, staff).expect(200)
    const nominee = nomineeOf(numbers)
    await form('/api/users/nominee/', nominee, 'id_proof_document')
    await form('/api/compliance/documents/', { document_type: 'gst', title: 'Tamarind papers' }, 'file')
    await api.settle()
    return { member, papers, nominee, firstName: `${profile.first_name}${numbers}` }
  }

  async function payOut(member: Caller, papers: ReturnType<typeof papersOf>, amount: number): Promise<void> {
    await api.post('/api/wallet/deposit/', admin, { user: member.id, amount, reason: 'For the test' }).expect(201)
    const { bank_name, account_number, ifsc_code, account_holder_name } = papers
    const account = { bank_name, account_number, ifsc_code, account_holder_name }
    const { body } = await api.post('/api/payout/', member, { requested_amount: amount, ...account }).expect(201)
    await api.post(`/api/payout/${body.id}/process/`, admin).expect(202)
    await api.settle()
  }

  describe('erasing a member', () => {
    test('takes everything that says who it was out of every table and store, and ends the sessions', async () => {
      const { member, nominee, firstName } = await aKnownMember()
      const known = [firstName, profile.last_name, profile.date_of_birth, profile.address_line1, member.email]
      const others = [member.referralCode, nominee.mobile, nominee.email, 'Tamarind papers', 'V Deshmukh']
      const before = await dumpOfTables(api.deps.db)
      for (const text of [...known, ...others]) expect(before, text).toContain(text)
      const kept = files.keys().length
      const { body } = await erase(member.id).expect(200)
      expect(body).toMatchObject({
        ...{ id: member.id, username: `erased-${member.id}`, email: null, mobile: null, first_name: '', city: '' },
        ...{ is_active: false, erased_at: api.clock.now().toISOString() },
      })
      const after = await dumpOfTables(api.deps.db)
      for (const text of [...known, ...others]) expect(after.includes(text), text).toBe(false)
      expect(await api.deps.db.read.kyc.count({ where: { userId: member.id } })).toBe(0)
      expect(files.keys().length).toBe(kept - 3)
      await api.get('/api/users/profile/', member).expect(401)
      await api.http.post('/api/auth/refresh/').send({ refresh: member.refresh }).expect(401)
      expect(await linesOf('user.erased', member.id)).toMatchObject([{ actorId: admin.id }])
    })

    test('leaves money, tax and place in the tree, and for as long as the law asks who was paid', async () => {
      const { member, papers } = await aKnownMember()
      const referral = await api.aMember(member)
      await payOut(member, papers, 1_000)
      const rows = async () => ({
        lines: await api.deps.db.read.journalLine.count({ where: { userId: member.id } }),
        statement: await api.deps.db.read.walletTransaction.count({ where: { userId: member.id } }),
        payouts: await api.deps.db.read.payout.count({ where: { userId: member.id } }),
        taxes: await api.deps.db.read.tdsRecord.findMany({ where: { userId: member.id } }),
        place: await api.deps.db.read.placement.findUnique({ where: { userId: member.id } }),
      })
      const before = await rows()
      expect(before).toMatchObject({ payouts: 1, place: expect.anything(), taxes: [expect.anything()] })
      await erase(member.id).expect(200)
      expect(await rows()).toEqual(before)
      expect((await api.get('/api/users/profile/', referral).expect(200)).body.referred_by).toBe(member.id)
      const statement = () =>
        api.get('/api/compliance/tds/export/?financial_year=2026-27&quarter=Q3', admin).expect(200)
      const named = { name: papers.account_holder_name, pan: papers.pan_number }
      const { text } = await statement()
      expect(text).toContain(named.pan)
      expect(text).toContain(named.name)
      const certificate = `/api/compliance/tds/${before.taxes[0]!.id}/certificate.pdf`
      await api.get(certificate, admin).expect(200)
    })

    test('is refused while anything about money is open, and names each', async () => {
      const { member, papers } = await aKnownMember()
      const vehicle = await api.aVehicle()
      await api
        .post('/api/wallet/deposit/', admin, { user: member.id, amount: 500, reason: 'For the test' })
        .expect(201)
      await api.post('/api/booking/bookings/', member, bookingOf(vehicle)).expect(201)
      const { bank_name, account_number, ifsc_code, account_holder_name } = papers
      const account = { bank_name, account_number, ifsc_code, account_holder_name }
      await api.post('/api/payout/', member, { requested_amount: 100, ...account }).expect(201)
      const { body } = await erase(member.id).expect(409)
      expect(body).toMatchObject({
        code: 'user.matters_open',
        detail:
          'Still open: a wallet balance of ₹500.00, held for payouts ₹100.00, open bookings: 1, payouts under way: 1.',
      })
      expect((await wallet(member)).balance).toBe('500.00')
      expect(await accountOf(member.id)).toMatchObject({ email: member.email, is_active: true, erased_at: null })
    })

    test('is refused while a bonus waits for whom a booking names, and not for who referred its member', async () => {
      const [named, sponsor] = [await api.aMember(), await api.aMember()]
      const buyer = await api.aMember(sponsor)
      await api.settle()
      const asked = bookingOf(await api.aVehicle(), { referral_code: named.referralCode })
      const { body: booking } = await api.post('/api/booking/bookings/', buyer, asked).expect(201)
      const payment = { amount: 5_000, payment_method: 'online' }
      await api.post(`/api/booking/bookings/${booking.id}/make_payment/`, buyer, payment).expect(201)
      const { body } = await erase(named.id).expect(409)
      expect(body.detail).toBe('Still open: credits that wait for their day: 1.')
      await erase(sponsor.id).expect(200)
      await api.settle()
      expect((await wallet(named)).balance).toBe('250.00')
    })

    test('is an admin’s, of others only, of admins a superuser’s; twice is once', async () => {
      const member = await api.aMember()
      await erase(member.id, staff).expect(403)
      await erase(member.id, member).expect(403)
      expect((await erase(admin.id).expect(403)).body.code).toBe('auth.forbidden')
      const superuser = await api.aSuperuser()
      expect((await erase(superuser.id, superuser).expect(409)).body.code).toBe('user.own_account')
      await erase(2_000_000_000).expect(404)
      const first = (await erase(member.id).expect(200)).body
      api.clock.advance(1_000)
      expect((await erase(member.id).expect(200)).body).toEqual(first)
      expect(await linesOf('user.erased', member.id)).toHaveLength(1)
    })

    test('cannot be undone: nobody opens the account, writes into it, joins by its code or logs in; its address is free again', async () => {
      const member = await api.aMember()
      await erase(member.id).expect(200)
      expect((await api.post(`/api/users/${member.id}/activate/`, admin).expect(409)).body.code).toBe('user.erased')
      const patch = api.http.patch(`/api/users/${member.id}/`).set('Authorization', admin.authorization)
      expect((await patch.send({ first_name: 'Again' }).expect(409)).body.code).toBe('user.erased')
      api.clock.advance(31_000)
      const again = await api.login(member.email)
      expect(again.id).not.toBe(member.id)
      const who = { identifier: api.nextEmail(), otp_type: 'email' }
      await api.http.post('/api/auth/send-otp/').send(who).expect(200)
      const code = { ...who, otp_code: api.codeFor(who.identifier), referral_code: member.referralCode }
      const { body } = await api.http.post('/api/auth/verify-otp/').send(code).expect(400)
      expect(body.code).toBe('user.referral_code_unknown')
    })

    test('a message about papers that are gone is told to nobody', async () => {
      const { member } = await aKnownMember()
      const { body } = await api.post('/api/users/nominee/', member, nomineeOf(900 + numbers))
      await api.post(`/api/users/nominee/${body.id}/reject/`, staff, { reason: 'Not readable' })
      await erase(member.id).expect(200)
      await api.settle()
      expect(await api.deps.db.read.notification.count({ where: { userId: member.id } })).toBe(0)
    })
  })

  test('a member asks to be erased and may take it back, which the admins see', async () => {
    const member = await api.aMember()
    const ask = () => api.post('/api/users/erasure-request/', member).expect(200)
    const asked = api.clock.now().toISOString()
    expect((await ask()).body.erasure_requested_at).toBe(asked)
    api.clock.advance(1_000)
    expect((await ask()).body.erasure_requested_at).toBe(asked)
    expect((await accountOf(member.id)).erasure_requested_at).toBe(asked)
    const found = await api.get('/api/admin/audit-log/?action=user.erasure_requested', admin)
    expect(JSON.stringify(found.body)).toContain(String(member.id))
    await api.http.delete('/api/users/erasure-request/').set('Authorization', member.authorization).expect(204)
    expect((await accountOf(member.id)).erasure_requested_at).toBeNull()
    expect(await linesOf('user.erasure_requested', member.id)).toHaveLength(1)
    expect(await linesOf('user.erasure_withdrawn', member.id)).toHaveLength(1)
    await ask()
    expect((await erase(member.id).expect(200)).body.erasure_requested_at).toBeNull()
  })

  test('an export holds all of a member’s data and nobody else’s, with numbers masked', async () => {
    const { member, papers, nominee, firstName } = await aKnownMember()
    const other = await aKnownMember()
    await payOut(member, papers, 300)
    const { body } = await api.get('/api/users/export/', member).expect(200)
    expect(body).toMatchObject({
      account: { id: member.id, email: member.email, first_name: firstName },
      kyc: { city: profile.city },
      nominee: { full_name: nominee.full_name },
      documents: [{ title: 'Tamarind papers' }],
      payouts: [{ requested_amount: '300.00' }],
      wallet: { balance: '0.00' },
      incomplete: [],
    })
    for (const list of ['sessions', 'wallet_transactions', 'tax_records', 'notifications'])
      expect(body[list].length, list).toBeGreaterThan(0)
    const text = JSON.stringify(body)
    for (const number of [papers.pan_number, papers.aadhaar_number, papers.account_number, nominee.id_proof_number])
      expect(text.includes(number), number).toBe(false)
    for (const foreign of [other.member.email, other.firstName]) expect(text.includes(foreign)).toBe(false)
    const byAdmin = (await api.get(`/api/users/${member.id}/export/`, admin).expect(200)).body
    expect({ ...byAdmin, sessions: [] }).toEqual({ ...body, sessions: [] })
    expect(await linesOf('user.exported', member.id)).toMatchObject([{ actorId: admin.id }])
    await api.get(`/api/users/${member.id}/export/`, staff).expect(403)
    await api.get('/api/users/2000000000/export/', admin).expect(404)
  })

  // The last one: nine years later nobody is logged in any more.
  test('who was paid is forgotten when the law asks for it no more', async () => {
    const { member, papers } = await aKnownMember()
    await payOut(member, papers, 1_000)
    await erase(member.id).expect(200)
    const { read } = api.deps.db
    const { identityKeptUntil } = await read.user.findUniqueOrThrow({ where: { id: member.id } })
    expect(identityKeptUntil?.toISOString()).toBe('2035-03-31T18:30:00.000Z')
    const isKept = async () => ({
      pan: (await read.kyc.count({ where: { userId: member.id } })) > 0,
      holder: (await dumpOfTables(api.deps.db)).includes(papers.account_holder_name),
    })
    api.clock.advance(identityKeptUntil!.getTime() - api.clock.now().getTime() - 1)
    await cleanUp(api.deps)
    expect(await isKept()).toEqual({ pan: true, holder: true })
    api.clock.advance(1)
    await cleanUp(api.deps)
    await cleanUp(api.deps)
    expect(await isKept()).toEqual({ pan: false, holder: false })
    expect(await linesOf('user.identity_forgotten', member.id)).toHaveLength(1)
    expect(await read.payout.count({ where: { userId: member.id, status: 'completed' } })).toBe(1)
  })
})
