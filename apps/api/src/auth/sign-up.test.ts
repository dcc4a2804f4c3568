import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let signUps = 0
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })

  const aProfile = (changes: object = {}) => {
    signUps += 1
    return {
      first_name: 'Asha',
      last_name: 'Rao',
      email: api.nextEmail(),
      mobile: `98${String(76_000_000 + signUps)}`,
      gender: 'female',
      date_of_birth: '2000-02-29',
      address_line1: '12 Marine Drive',
      city: 'Mumbai',
      state: 'Maharashtra',
      pincode: '400002',
      ...changes,
    }
  }
  const signUp = (profile: object) => api.http.post('/api/auth/signup/').send(profile)
  const verify = (body: object) => api.http.post('/api/auth/verify-signup-otp/').send(body)
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000')

  async function begun(changes: object = {}) {
    const profile = aProfile(changes)
    const { body } = await signUp(profile).expect(200)
    return {
      profile,
      right: {
        signup_token: body.signup_token as string,
        email_otp: api.codeFor(profile.email),
        mobile_otp: api.codeFor(`+91${profile.mobile}`),
      },
    }
  }

  describe('a sign-up', () => {
    test('sends a code to address and number, and creates the member when both come back', async () => {
      const before = await api.deps.db.read.user.count()
      const { profile, right } = await begun()
      expect(await api.deps.db.read.user.count()).toBe(before)
      const { body } = await verify(right).expect(201)
      const { email, first_name, last_name, gender, date_of_birth, city, pincode } = profile
      expect(body).toMatchObject({
        created: true,
        user: { email, first_name, last_name, gender, date_of_birth, city, pincode, role: 'user', country: 'India' },
        tokens: { access: body.access_token, refresh: body.refresh_token },
      })
      expect(body.user.mobile).toBe(`+91${profile.mobile}`)
      expect(body.user.last_login).toBe(api.clock.now().toISOString())
      await api.http.get('/api/users/profile/').set('Authorization', `Bearer ${body.access_token}`).expect(200)
      expect((await verify(right).expect(400)).body.code).toBe('auth.signup_token_invalid')
      await api.expectSettledClean()
    })

    test('with a referral code gives the member a place in the network', async () => {
      const referrer = await api.aMember()
      const { right } = await begun({ referral_code: ` ${referrer.referralCode.toLowerCase()} ` })
      const { body } = await verify(right).expect(201)
      const authorization = `Bearer ${body.access_token}`
      const profile = await api.http.get('/api/users/profile/').set('Authorization', authorization)
      expect(profile.body.referred_by).toBe(referrer.id)
      await api.settle()
      const tree = await api.http.get('/api/binary/nodes/my_tree/').set('Authorization', authorization).expect(200)
      expect(tree.body.user).toBe(body.user.id)
      await api.expectSettledClean()
    })

    test('names the code that is wrong, and uses up neither the other nor the token', async () => {
      const { right } = await begun()
      const byEmail = await verify({ ...right, email_otp: wrong(right.email_otp) }).expect(400)
      expect(byEmail.body.code).toBe('auth.otp_invalid')
      expect(Object.keys(byEmail.body.errors)).toEqual(['email_otp'])
      const byMobile = await verify({ ...right, mobile_otp: wrong(right.mobile_otp) }).expect(400)
      expect(Object.keys(byMobile.body.errors)).toEqual(['mobile_otp'])
      if (right.email_otp !== right.mobile_otp) {
        await verify({ ...right, email_otp: right.mobile_otp, mobile_otp: right.email_otp }).expect(400)
      }
      await verify(right).expect(201)
    })

    test('locks a code after five wrong tries, also for the right one; a new sign-up goes on', async () => {
      const { profile, right } = await begun()
      for (const _ of times(5, () => 0)) await verify({ ...right, mobile_otp: wrong(right.mobile_otp) }).expect(400)
      const locked = await verify(right).expect(400)
      expect(locked.body).toMatchObject({ code: 'auth.otp_locked', errors: { mobile_otp: [expect.any(String)] } })
      expect((await signUp(profile).expect(429)).body.code).toBe('auth.otp_resend_too_soon')
      api.clock.advance(31_000)
      const { body } = await signUp(profile).expect(200)
      const email_otp = api.codeFor(profile.email)
      const mobile_otp = api.codeFor(`+91${profile.mobile}`)
      await verify({ signup_token: body.signup_token, email_otp, mobile_otp }).expect(201)
    })

    test('evaluates at most five wrong tries of a hundred at once', async () => {
      const { right } = await begun()
      const answers = await Promise.all(times(100, () => verify({ ...right, email_otp: wrong(right.email_otp) })))
      expect(answers.filter(({ body }) => body.code === 'auth.otp_invalid')).toHaveLength(5)
      expect(answers.filter(({ body }) => body.code === 'auth.otp_locked')).toHaveLength(95)
    })

    test('finished twenty times at once makes one member', async () => {
      const { profile, right } = await begun()
      const answers = await Promise.all(times(20, () => verify(right)))
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      expect(answers.filter(({ body }) => body.code === 'auth.signup_token_invalid')).toHaveLength(19)
      expect(await api.deps.db.read.user.count({ where: { email: profile.email } })).toBe(1)
    })

    test('replaces the one before, and is forgotten after ten minutes', async () => {
      const first = await begun()
      api.clock.advance(31_000)
      const { body } = await signUp(first.profile).expect(200)
      expect((await verify(first.right).expect(400)).body.code).toBe('auth.signup_token_invalid')
      const email_otp = api.codeFor(first.profile.email)
      const mobile_otp = api.codeFor(`+91${first.profile.mobile}`)
      api.clock.advance(600_001)
      const late = { signup_token: body.signup_token, email_otp, mobile_otp }
      expect((await verify(late).expect(400)).body.code).toBe('auth.signup_token_invalid')
    })

    test('does not go on when someone else took the address meanwhile', async () => {
      const { profile, right } = await begun()
      await api.login(profile.email)
      const { body } = await verify(right).expect(400)
      expect(body).toMatchObject({ code: 'user.identifier_taken', errors: { email: [expect.any(String)] } })
    })

    test('codes are worth nothing for a log-in, nor those of a log-in for a sign-up', async () => {
      const { profile, right } = await begun()
      const login = { identifier: profile.email, otp_type: 'email' }
      await api.http
        .post('/api/auth/verify-otp/')
        .send({ ...login, otp_code: right.email_otp })
        .expect(400)
      await api.http.post('/api/auth/send-otp/').send(login).expect(200)
      const loginCode = api.codeFor(profile.email)
      if (loginCode !== right.email_otp) await verify({ ...right, email_otp: loginCode }).expect(400)
      await verify(right).expect(201)
    })

    test('ignores what is not the member’s to say', async () => {
      const { right } = await begun({
        role: 'admin',
        is_superuser: true,
        is_staff: true,
        is_active_buyer: true,
        is_distributor: true,
        balance: '1000.00',
        status: 'approved',
        user: 1,
        referred_by: 1,
        created_at: '2000-01-01',
      })
      const { body } = await verify({ ...right, role: 'admin' }).expect(201)
      expect(body.user).toMatchObject({ role: 'user', is_active_buyer: false, is_distributor: false })
      const row = await api.deps.db.read.user.findUniqueOrThrow({ where: { id: body.user.id } })
      expect(row).toMatchObject({ isSuperuser: false, referredById: null, dateJoined: api.clock.now() })
    })

    test.each([
      [{ first_name: '' }, 'first_name'],
      [{ last_name: undefined }, 'last_name'],
      [{ email: 'nobody' }, 'email'],
      [{ mobile: '12345' }, 'mobile'],
      [{ gender: 'robot' }, 'gender'],
      [{ date_of_birth: '2001-02-29' }, 'date_of_birth'],
      [{ date_of_birth: '2008-11-21' }, 'date_of_birth'],
      [{ address_line1: ' ' }, 'address_line1'],
      [{ city: ['Pune'] }, 'city'],
      [{ state: { $ne: '' } }, 'state'],
      [{ pincode: '012345' }, 'pincode'],
      [{ referral_code: 'REFNOBODY' }, 'referral_code'],
    ])('is refused for %j', async (change, field) => {
      const { body } = await signUp(aProfile(change)).expect(400)
      expect(Object.keys(body.errors)).toEqual([field])
    })

    test('is refused for an address or a number that is taken', async () => {
      const { profile, right } = await begun()
      await verify(right).expect(201)
      api.clock.advance(31_000)
      const byEmail = await signUp(aProfile({ email: ` ${profile.email.toUpperCase()}` })).expect(400)
      expect(byEmail.body).toMatchObject({ code: 'user.identifier_taken', errors: { email: [expect.any(String)] } })
      const byMobile = await signUp(aProfile({ mobile: `+91 ${profile.mobile}` })).expect(400)
      expect(byMobile.body).toMatchObject({ code: 'user.identifier_taken', errors: { mobile: [expect.any(String)] } })
    })

    test('stands in no log line and not readable in the cache', async () => {
      const { profile, right } = await begun()
      await verify(right).expect(201)
      const log = api.lines.join('')
      for (const secret of Object.values(right)) expect(log).not.toContain(secret)
      expect(log).not.toContain(profile.address_line1)
    })
  })
})
