import { eachDatabase } from '@ev/db/testing'
import { createMemoryCache, manualClock, systemIds } from '@ev/runtime'
import { times } from '@ev/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, start, type TestApi } from '../testing/an-api.ts'
import { redisCaches } from '../testing/redis-caches.ts'

const wrong = (code: string) => (code === '000000' ? '000001' : '000000')
const isInvalid = ({ body }: { body: { code?: string } }) => body.code === 'auth.otp_invalid'
const isLocked = ({ body }: { body: { code?: string } }) => body.code === 'auth.otp_locked'

/** What several clients do to the codes of one address. */
function clientOf(api: TestApi) {
  const post = (path: string, body: object, { from, cookie }: { from?: string; cookie?: string } = {}) => {
    const sent = api.http.post(path)
    if (from !== undefined) sent.set('X-Forwarded-For', from)
    if (cookie !== undefined) sent.set('Cookie', cookie)
    return sent.send(body)
  }
  return {
    send: (identifier: string, client: { from?: string; cookie?: string } = {}) =>
      post('/api/auth/send-otp/', { identifier, otp_type: 'email' }, client),
    verify: (identifier: string, otp_code: string, client: { from?: string; cookie?: string } = {}) =>
      post('/api/auth/verify-otp/', { identifier, otp_type: 'email', otp_code }, client),
  }
}

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let client: ReturnType<typeof clientOf>
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database, { trustedProxies: ['loopback'] })
    client = clientOf(api)
  })

  describe('attack 1: guessing one code', () => {
    test('over a hundred addresses at once evaluates five guesses; then the right code is refused as well', async () => {
      const email = api.nextEmail()
      await client.send(email).expect(200)
      const code = api.codeFor(email)
      const answers = await Promise.all(
        times(100, (n) => client.verify(email, wrong(code), { from: `198.51.100.${n}` })),
      )
      expect(answers.filter(isInvalid)).toHaveLength(5)
      expect(answers.filter(isLocked)).toHaveLength(95)
      expect((await client.verify(email, code, { from: '203.0.113.9' }).expect(400)).body.code).toBe('auth.otp_locked')
    })

    test('with a forged X-Forwarded-For is limited by the address that the connection comes from', async () => {
      const strict = await anApi(api.deps.db, { rateLimits: { isEnabled: true, factor: 1 } })
      const { verify } = clientOf(strict)
      const answers = await Promise.all(
        times(8, (n) => verify('forged@example.com', '123456', { from: `192.0.2.${n}` })),
      )
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(3)
    })

    test('with a made-up mark of a known device buys no more guesses', async () => {
      const member = await api.aMember()
      api.clock.advance(31_000)
      await client.send(member.email).expect(200)
      const code = api.codeFor(member.email)
      const cookie = `ev_device=${'0'.repeat(32)}.${'0'.repeat(64)}`
      const answers = await Promise.all(times(20, () => client.verify(member.email, wrong(code), { cookie })))
      expect(answers.filter(isInvalid)).toHaveLength(5)
      expect(answers.filter(isLocked)).toHaveLength(15)
    })
  })

  describe('attack 2: a code that is not the one', () => {
    test('is refused with the same text, whether used, expired, replaced, foreign, of another purpose or never sent', async () => {
      const text = async (email: string, code: string) => {
        const { body } = await client.verify(email, code).expect(400)
        return JSON.stringify({ ...body, instance: '', request_id: '' })
      }
      const [used, expired, replaced, foreign, other] = times(5, () => api.nextEmail())
      const codeOf = async (email: string) => {
        await client.send(email).expect(200)
        return api.codeFor(email)
      }
      const usedCode = await codeOf(used!)
      await client.verify(used!, usedCode).expect(200)
      const answers = [await text(used!, usedCode), await text(api.nextEmail(), '123456')]
      const old = await codeOf(replaced!)
      api.clock.advance(31_000)
      if ((await codeOf(replaced!)) === old) return
      answers.push(await text(replaced!, old))
      const foreignCode = await codeOf(foreign!)
      answers.push(await text(api.nextEmail(), foreignCode))
      const member = await api.aMember()
      await api.post('/api/users/change-identifier/', member, { identifier: other, otp_type: 'email' }).expect(200)
      answers.push(await text(other!, api.codeFor(other!)))
      const expiredCode = await codeOf(expired!)
      api.clock.advance(600_001)
      answers.push(await text(expired!, expiredCode))
      expect(new Set(answers).size).toBe(1)
    })
  })

  describe('attack 3: asking who is a member', () => {
    test('gets one status, one body and the same work for a member, a closed account and nobody', async () => {
      const member = await api.aMember()
      const closed = await api.aMember()
      await api.deps.db.transaction((tx) => tx.user.update({ where: { id: closed.id }, data: { isActive: false } }))
      api.clock.advance(31_000)
      const answers = []
      for (const email of [member.email, closed.email, api.nextEmail()]) {
        const sent = await client.send(email).expect(200)
        const refused = await client.verify(email, wrong(api.codeFor(email))).expect(400)
        answers.push(JSON.stringify([sent.body, { ...refused.body, request_id: '' }]))
        expect(api.mailbox.list(email)[0]).toMatchObject({ subject: 'Your log-in code' })
      }
      expect(new Set(answers).size).toBe(1)
    })
  })

  describe('attack 4: a flood of codes', () => {
    test('is stopped per address', async () => {
      const strict = await anApi(api.deps.db, { rateLimits: { isEnabled: true, factor: 1 } })
      const { send } = clientOf(strict)
      const statuses: number[] = []
      for (const n of times(7, (index) => index)) statuses.push((await send(`flood${n}@example.com`)).status)
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
    })

    test('is stopped per person, over many addresses and over every route that sends', async () => {
      const strict = await anApi(api.deps.db, {
        rateLimits: { isEnabled: true, factor: 1 },
        trustedProxies: ['loopback'],
      })
      const { send } = clientOf(strict)
      const answers = []
      for (const n of times(8, (index) => index))
        answers.push(await send('victim@example.com', { from: `203.0.113.${n}` }))
      expect(answers.map(({ status }) => status)).toEqual([200, ...times(7, () => 429)])
      expect(answers.at(-1)!.body.code).toBe('rate.limited')
      expect(strict.mailbox.list('victim@example.com')).toHaveLength(1)
    })
  })

  describe('attacks 5 and 7: looking for the code elsewhere', () => {
    test('no answer, URL, log line or cache entry holds a code, a token or an address', async () => {
      const clock = manualClock(start)
      const written: string[] = []
      const inner = createMemoryCache({ clock })
      const watching =
        <Arguments extends (string | number)[], Result>(write: (...values: Arguments) => Result) =>
        (...values: Arguments) => {
          written.push(...values.map(String))
          return write(...values)
        }
      const { set, setIfAbsent, putSecret } = inner
      const cache = {
        ...inner,
        set: watching(set),
        setIfAbsent: watching(setIfAbsent),
        putSecret: watching(putSecret),
      }
      const watched = await anApi(api.deps.db, {}, { cache })
      const { send, verify } = clientOf(watched)
      const email = 'watched@example.com'
      const sent = await send(email).expect(200)
      const code = watched.codeFor(email)
      const { body } = await verify(email, code).expect(200)
      expect(written.length).toBeGreaterThan(2)
      const traces = [JSON.stringify(sent.body), ...watched.lines, ...written].join('\n')
      for (const secret of [code, body.access_token, body.refresh_token]) expect(traces).not.toContain(secret)
      expect(written.join('\n')).not.toContain(email)
      expect(JSON.stringify(body)).not.toContain(code)
      expect(written.find((text) => /^[0-9a-f]{64}$/.test(text))).toBeDefined()
    })

    test('codes come from the system’s secure source, each digit equally likely', () => {
      const counts = new Array<number>(10).fill(0)
      for (const code of times(2_000, () => systemIds.digits(6))) {
        expect(code).toMatch(/^\d{6}$/)
        for (const digit of code) counts[Number(digit)]! += 1
      }
      for (const count of counts) expect(Math.abs(count - 1_200)).toBeLessThan(200)
    })
  })

  test('attack 6: no code lets anyone in without having been sent, in production neither', async () => {
    const production = await anApi(api.deps.db, { isProduction: true })
    const { send, verify } = clientOf(production)
    const email = 'bypass@example.com'
    await send(email).expect(200)
    const sent = production.codeFor(email)
    for (const code of ['000000', '123456', '111111', '999999']) {
      if (code !== sent) await verify(email, code).expect(400)
    }
    await verify(api.nextEmail(), '123456').expect(400)
  })

  describe('attack 8: locking somebody out', () => {
    test('by wrong guesses ends with the next code, half a minute later', async () => {
      const member = await api.aMember()
      for (const _ of times(3, () => 0)) {
        api.clock.advance(31_000)
        await client.send(member.email).expect(200)
        const code = api.codeFor(member.email)
        await Promise.all(times(10, () => client.verify(member.email, wrong(code))))
        await client.verify(member.email, code).expect(400)
      }
      api.clock.advance(31_000)
      await client.send(member.email).expect(200)
      await client.verify(member.email, api.codeFor(member.email)).expect(200)
    })

    test('by a flood of guesses does not stop the member’s right one', async () => {
      const strict = await anApi(api.deps.db, {
        rateLimits: { isEnabled: true, factor: 1 },
        trustedProxies: ['loopback'],
      })
      const { send, verify } = clientOf(strict)
      const email = 'flooded@example.com'
      for (const n of times(30, (index) => index)) await verify(email, '123456', { from: `198.51.100.${n}` })
      await send(email, { from: '203.0.113.1' }).expect(200)
      await verify(email, strict.codeFor(email), { from: '203.0.113.1' }).expect(200)
    })

    test('does not reach a device on which the member logged in before, while the attack lasts', async () => {
      const strict = await anApi(api.deps.db, {
        rateLimits: { isEnabled: true, factor: 1 },
        trustedProxies: ['loopback'],
      })
      const { send, verify } = clientOf(strict)
      const email = 'member@example.com'
      const home = { from: '203.0.113.1' }
      await send(email, home).expect(200)
      const first = await verify(email, strict.codeFor(email), home).expect(200)
      const [cookie = ''] = String(first.headers['set-cookie']).split(';')
      expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/)
      strict.clock.advance(31_000)
      // Strangers use up the codes, the tries and the count of this address.
      for (const n of times(8, (index) => index)) await send(email, { from: `198.51.100.${n}` })
      const strangers = times(20, (n) => verify(email, '000000', { from: `198.51.101.${n}` }))
      await Promise.all(strangers)
      await send(email, home).expect(429)
      await send(email, { ...home, cookie }).expect(200)
      await verify(email, strict.codeFor(email), { ...home, cookie }).expect(200)
    })

    test('a device’s mark is worth nothing for anyone else, nor when it is made up', async () => {
      const member = await api.aMember()
      const stranger = api.nextEmail()
      await client.send(stranger).expect(200)
      const other = await client.verify(stranger, api.codeFor(stranger)).expect(200)
      const [cookie = ''] = String(other.headers['set-cookie']).split(';')
      api.clock.advance(31_000)
      await client.send(member.email).expect(200)
      await client.send(member.email, { cookie }).expect(429)
      await client.send(member.email, { cookie: `ev_device=${'a'.repeat(32)}.${'b'.repeat(64)}` }).expect(429)
    })
  })
})

redisCaches((aCache) => {
  eachDatabase((name, makeDatabase) => {
    test('attack 1 across a restart: tries counted before it count after it, in another process as well', async () => {
      const { database } = await makeDatabase()
      const email = `restarted-on-${name}@example.com`
      const before = await anApi(database, {}, { cache: await aCache() })
      await clientOf(before).send(email).expect(200)
      const code = before.codeFor(email)
      const after = await anApi(database, {}, { cache: await aCache() })
      const early = await Promise.all(times(3, () => clientOf(before).verify(email, wrong(code))))
      expect(early.filter(isInvalid)).toHaveLength(3)
      const late = await Promise.all(
        times(100, (n) => clientOf(n % 2 === 0 ? before : after).verify(email, wrong(code))),
      )
      expect(late.filter(isInvalid)).toHaveLength(2)
      expect(late.filter(isLocked)).toHaveLength(98)
      expect((await clientOf(after).verify(email, code).expect(400)).body.code).toBe('auth.otp_locked')
    })

    test('a sign-up begun before a restart is finished after it', async () => {
      const { database } = await makeDatabase()
      const before = await anApi(database, {}, { cache: await aCache() })
      const profile = {
        first_name: 'Asha',
        last_name: 'Rao',
        email: `signup-on-${name}@example.com`,
        mobile: name === 'mysql' ? '9876543210' : '9876543211',
        gender: 'female',
        date_of_birth: '2000-01-01',
        address_line1: '12 MG Road',
        city: 'Pune',
        state: 'Maharashtra',
        pincode: '411001',
      }
      const { body } = await before.http.post('/api/auth/signup/').send(profile).expect(200)
      const after = await anApi(database, {}, { cache: await aCache() })
      const codes = {
        signup_token: body.signup_token,
        email_otp: before.codeFor(profile.email),
        mobile_otp: before.codeFor(`+91${profile.mobile}`),
      }
      await after.http.post('/api/auth/verify-signup-otp/').send(codes).expect(201)
      await before.http.post('/api/auth/verify-signup-otp/').send(codes).expect(400)
    })
  })
})
