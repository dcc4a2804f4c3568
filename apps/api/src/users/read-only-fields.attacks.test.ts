import { eachDatabase } from '@ev/db/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, type TestApi } from '../testing/an-api.ts'

/** What a body of the platform before, or an attacker, may name and never say. */
const notTheirs = {
  id: 1,
  user: 1,
  username: 'admin',
  role: 'admin',
  is_superuser: true,
  is_staff: true,
  is_active: false,
  is_active_buyer: true,
  is_distributor: true,
  balance: '100000.00',
  status: 'approved',
  kyc_status: 'approved',
  referral_bonus: '500.00',
  referral_code_used: 'X',
  referred_by: 1,
  date_joined: '2000-01-01T00:00:00Z',
  created_at: '2000-01-01T00:00:00Z',
  last_login: '2000-01-01T00:00:00Z',
  placement_preference: 'left',
}

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  const rowOf = (id: number) => api.deps.db.read.user.findUniqueOrThrow({ where: { id } })
  const untouched = {
    role: 'user',
    isSuperuser: false,
    isActive: true,
    isActiveBuyer: false,
    isDistributor: false,
    referredById: null,
    placementPreference: 'auto',
  }

  describe('attack 21: what is not the caller’s to say', () => {
    test('has no effect in a first log-in', async () => {
      const email = api.nextEmail()
      const who = { identifier: email, otp_type: 'email' }
      await api.http
        .post('/api/auth/send-otp/')
        .send({ ...notTheirs, ...who })
        .expect(200)
      const login = { ...notTheirs, ...who, otp_code: api.codeFor(email) }
      const { body } = await api.http.post('/api/auth/verify-otp/').send(login).expect(200)
      const row = await rowOf(body.user.id)
      expect(row).toMatchObject({ ...untouched, dateJoined: api.clock.now(), lastLogin: api.clock.now() })
      expect(row.username).toBe(row.referralCode.toLowerCase())
      const wallet = await api.deps.db.read.wallet.findUniqueOrThrow({ where: { userId: row.id } })
      expect(wallet.balance).toBe(0n)
    })

    test('has no effect on one’s profile, preferences and address', async () => {
      const member = await api.aMember()
      const before = await rowOf(member.id)
      const patch = (path: string, body: object) =>
        api.http.patch(path).set('Authorization', member.authorization).send(body).expect(200)
      const email = 'evil@example.com'
      await patch('/api/users/update_profile/', { ...notTheirs, email, mobile: '9876500000', referral_code: 'X' })
      await patch('/api/users/preferences/', { ...notTheirs, email })
      const next = api.nextEmail()
      const asked = { ...notTheirs, identifier: next, otp_type: 'email' }
      await api.post('/api/users/change-identifier/', member, asked).expect(200)
      const proved = { ...asked, otp_code: api.codeFor(next) }
      await api.post('/api/users/change-identifier/verify/', member, proved).expect(200)
      expect(await rowOf(member.id)).toEqual({ ...before, email: next })
    })

    test('has no effect in an admin’s change of an account, but for what an admin says there', async () => {
      const admin = await api.aColleague('admin')
      const member = await api.aMember()
      const before = await rowOf(member.id)
      const { role: _role, is_distributor: _isDistributor, ...others } = notTheirs
      const changed = api.http.patch(`/api/users/${member.id}/`).set('Authorization', admin.authorization)
      await changed.send({ ...others, email: 'evil@example.com' }).expect(200)
      expect(await rowOf(member.id)).toEqual(before)
    })

    test.each(['{"__proto__": {"role": "admin"}}', '{"constructor": {"prototype": {"role": "admin"}}}'])(
      'does not come in as %s',
      async (body) => {
        const member = await api.aMember()
        const answer = await api.http
          .patch('/api/users/update_profile/')
          .set('Authorization', member.authorization)
          .set('Content-Type', 'application/json')
          .send(body)
        expect(answer.status).toBe(400)
        expect((await rowOf(member.id)).role).toBe('user')
      },
    )
  })
})
