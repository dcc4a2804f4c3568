import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  let staff: Caller
  /** Six members below `top`, in two full levels: a and b, then a1, a2, b1, b2; and a stranger with one member of their own. */
  let top: Caller
  let a: Caller
  let b: Caller
  let a1: Caller
  let b1: Caller
  let a2: Caller
  let b2: Caller
  let stranger: Caller
  let strangers: Caller
  const node = new Map<number, number>()

  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
    staff = await api.aColleague('staff')
    top = await api.aMember()
    stranger = await api.aMember()
    const below: Caller[] = []
    for (const _ of times(6, () => 0)) below.push(await api.aMember(top))
    ;[a, b, a1, a2, b1, b2] = below as [Caller, Caller, Caller, Caller, Caller, Caller]
    strangers = await api.aMember(stranger)
    const names = [
      [a, 'Asha', 'Sharma'],
      [a1, 'Ashok', 'Varma'],
      [b1, 'Élise', 'Ash_ton'],
      [strangers, 'Asha', 'Strange'],
    ] as const
    for (const [{ id }, firstName, lastName] of names) {
      const mobile = `+9198765432${String(id).padStart(2, '0')}`
      await api.deps.db.transaction((tx) => tx.user.update({ where: { id }, data: { firstName, lastName, mobile } }))
    }
    await api.settle()
    for (const who of [top, ...below, stranger, strangers]) {
      node.set(who.id, (await api.get('/api/binary/nodes/my_tree/', who).expect(200)).body.id)
    }
  })

  const at = (who: Caller, rest = '') => `/api/binary/nodes/${node.get(who.id)}/${rest}`
  const read = (path: string, by: Caller) => api.get(path, by).expect(200)
  const usersOf = (body: { results: { user: number }[] }) => body.results.map(({ user }) => user)
  const ids = (...callers: Caller[]) => callers.map(({ id }) => id)

  describe('a position of one’s network', () => {
    test('shows those below as deep as was asked', async () => {
      const { body } = await read(at(a), top)
      expect(body).toMatchObject({ user: a.id, level: 1, side: 'left', left: { user: a1.id }, right: { user: a2.id } })
      expect((await read(at(a, '?depth=0'), top)).body).toMatchObject({ left: null, right: null, left_team: 1 })
      expect((await read(at(top), top)).body).toEqual(
        (({ placement_preference: _, ...own }) => own)((await read('/api/binary/nodes/my_tree/', top)).body),
      )
      await api.get(at(a, '?depth=x'), top).expect(400)
    })

    test('is found by its member, and says who it is', async () => {
      const of = (who: Caller) => `/api/binary/members/${who.id}/node/`
      const { body } = await read(of(a), top)
      expect(body).toEqual((await read(at(a), top)).body)
      expect(body).toMatchObject({
        user_name: 'Asha Sharma',
        referral_code: a.referralCode,
        is_active_buyer: false,
        is_counted: true,
        joined_at: expect.any(String),
      })
      expect((await read(of(strangers), staff)).body).toMatchObject({ user: strangers.id })
      await api.get(of(strangers), top).expect(404)
      await api.get(of(top), a).expect(404)
      await api.get(of(staff), staff).expect(404)
    })

    test('has its children listed, the left one first', async () => {
      const { body } = await read(at(top, 'children/'), top)
      expect(body).toMatchObject({ count: 2, next: null, previous: null })
      expect(body.results).toMatchObject([
        { user: a.id, side: 'left', left: null },
        { user: b.id, side: 'right', right: null },
      ])
      const deeper = (await read(at(top, 'children/?depth=2'), top)).body
      expect(deeper.results[1]).toMatchObject({ left: { user: b1.id }, right: { user: b2.id } })
      expect((await read(at(a1, 'children/'), top)).body).toMatchObject({ count: 0, results: [] })
    })

    test('has an upline that ends with oneself, for staff with the root', async () => {
      expect(usersOf((await read(at(a1, 'upline/'), top)).body)).toEqual(ids(a, top))
      const own = (await read(at(a1, 'upline/'), a)).body
      expect(own).toMatchObject({ next_cursor: null, results: [{ user: a.id, side: 'left', leg: 'left', level: 1 }] })
      expect((await read(at(a1, 'upline/'), a1)).body.results).toEqual([])
      expect(usersOf((await read(at(a2, 'upline/'), staff)).body)).toEqual(ids(a, top))
      const first = (await read(at(a2, 'upline/?page_size=1'), top)).body
      expect(first.results).toMatchObject([{ user: a.id, leg: 'right' }])
      const second = (await read(at(a2, `upline/?page_size=1&cursor=${first.next_cursor}`), top)).body
      expect(second).toMatchObject({ next_cursor: null, results: [{ user: top.id, leg: 'left' }] })
      const { body } = await api.get(at(a2, 'upline/?cursor=%22x'), top).expect(400)
      expect(Object.keys(body.errors)).toEqual(['cursor'])
    })
  })

  describe('a team', () => {
    const team = async (by: Caller, query = '') => (await read(`/api/binary/team/${query}`, by)).body

    test('is listed in family order, whole or one leg', async () => {
      const { results, ...page } = await team(top)
      expect(page).toEqual({ count: 6, next: null, previous: null, is_complete: true })
      expect(
        results.map(({ user, side, levels_below }: Record<string, unknown>) => [user, side, levels_below]),
      ).toEqual([
        [a.id, 'left', 1],
        [a1.id, 'left', 2],
        [a2.id, 'left', 2],
        [b.id, 'right', 1],
        [b1.id, 'right', 2],
        [b2.id, 'right', 2],
      ])
      expect(results[0]).toEqual({
        id: node.get(a.id),
        user: a.id,
        user_name: 'Asha Sharma',
        referral_code: a.referralCode,
        sponsor: top.id,
        parent: node.get(top.id),
        level: 1,
        is_active_buyer: false,
        joined_at: expect.any(String),
        side: 'left',
        levels_below: 1,
      })
      expect(usersOf(await team(top, '?side=right'))).toEqual(ids(b, b1, b2))
      expect(usersOf(await team(top, `?node=${node.get(a.id)}&side=right`))).toEqual(ids(a2))
      expect(await team(a1)).toMatchObject({ count: 0, results: [] })
      await api.get('/api/binary/team/?side=middle', top).expect(400)
    })

    test('is read by page or by cursor', async () => {
      const second = await team(top, '?page=2&page_size=4')
      expect(usersOf(second)).toEqual(ids(b1, b2))
      expect(second).toMatchObject({ count: 6, next: null })
      const seen: number[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { results: { user: number }[]; next_cursor: string | null } = await team(
          top,
          `?cursor=${cursor}&page_size=2`,
        )
        seen.push(...usersOf(page))
        cursor = page.next_cursor
      }
      expect(seen).toEqual(ids(a, a1, a2, b, b1, b2))
      const foreign = Buffer.from(JSON.stringify([node.get(strangers.id)])).toString('base64url')
      expect((await team(top, `?cursor=${foreign}`)).results).toEqual([])
      expect((await team(top, '?page=99999999')).results).toEqual([])
    })

    test('is searched', async () => {
      expect(usersOf(await team(top, '?search=ash'))).toEqual(ids(a, a1, b1))
      expect(usersOf(await team(top, '?search=ash&side=right'))).toEqual(ids(b1))
      expect(usersOf(await team(top, '?search=ash&page=2&page_size=2'))).toEqual(ids(b1))
      const first = await team(top, '?search=ash&cursor=&page_size=2')
      expect(usersOf(first)).toEqual(ids(a, a1))
      expect(usersOf(await team(top, `?search=ash&cursor=${first.next_cursor}`))).toEqual(ids(b1))
      expect(await team(top, '?search=strange')).toMatchObject({ count: 0, is_complete: true })
    })

    test('is nobody’s who has no place yet, and staff see any', async () => {
      const alone = await api.aMember()
      expect((await api.get('/api/binary/team/', alone).expect(404)).body.code).toBe('network.not_placed')
      expect((await api.get('/api/binary/team/', staff).expect(404)).body.code).toBe('network.not_placed')
      const { results } = await team(staff, `?node=${node.get(top.id)}`)
      expect(results[0]).toMatchObject({ user: a.id, email: a.email, mobile: expect.stringMatching(/^\+91/) })
      const waiting = await api.aMember(top)
      expect((await api.get('/api/binary/team/', waiting).expect(404)).body.code).toBe('network.placement_pending')
      expect((await team(top)).count).toBe(6)
      await api.settle()
      expect((await team(top)).count).toBe(7)
    })
  })

  describe('a search', () => {
    const search = async (by: Caller, q: string, more = '') =>
      (await read(`/api/binary/nodes/search/?q=${encodeURIComponent(q)}${more}`, by)).body
    const mobileOf = async ({ id }: Caller) =>
      (await api.deps.db.read.user.findUniqueOrThrow({ where: { id } })).mobile!

    test('finds oneself and those below by name, code, e-mail and mobile', async () => {
      expect(await search(top, 'asha')).toMatchObject({ count: 1, is_complete: true, results: [{ user: a.id }] })
      expect(usersOf(await search(top, 'ashok varma'))).toEqual(ids(a1))
      expect(usersOf(await search(top, 'elise'))).toEqual(_name === 'sqlite' ? [] : ids(b1))
      expect(usersOf(await search(top, b2.referralCode.toLowerCase()))).toEqual(ids(b2))
      expect(usersOf(await search(top, b2.email))).toEqual(ids(b2))
      expect(usersOf(await search(top, b2.email.slice(0, b2.email.indexOf('@') + 1)))).toEqual(ids(b2))
      expect(usersOf(await search(top, (await mobileOf(a)).slice(3)))).toEqual(ids(a))
      expect(usersOf(await search(top, top.referralCode))).toEqual(ids(top))
      expect(usersOf(await search(top, 'ash', '&page=2&page_size=2'))).toEqual(ids(b1))
      await api.get('/api/binary/nodes/search/', top).expect(400)
      await api.get(`/api/binary/nodes/search/?q=${'x'.repeat(101)}`, top).expect(400)
    })

    test('does not spell out the address of another member', async () => {
      expect((await search(top, 'someone')).count).toBe(0)
      expect((await search(top, '987654')).count).toBe(0)
      for (const row of (await search(top, 'ash')).results) {
        expect(Object.keys(row)).not.toContain('email')
        expect(Object.keys(row)).not.toContain('mobile')
      }
    })

    test('treats wildcards and quotes as letters', async () => {
      for (const text of ['%', '_sha', 'as%', "' OR 1=1 --", '\\']) expect((await search(top, text)).count).toBe(0)
      expect(usersOf(await search(top, 'ash_'))).toEqual(ids(b1))
    })

    test('is everywhere for staff, who see addresses', async () => {
      const { results } = await search(staff, 'asha')
      expect(usersOf({ results })).toEqual(ids(a, strangers))
      expect(results[0]).toMatchObject({ email: a.email, side: 'left' })
      expect(usersOf(await search(staff, 'someone')).length).toBeGreaterThan(6)
    })

    test('finds nothing for someone without a place', async () => {
      expect(await search(await api.aMember(), 'asha')).toMatchObject({ count: 0, results: [] })
    })
  })

  test('a node outside one’s subtree is one that does not exist, whichever way it is asked for', async () => {
    const nodeOf = (who: Caller) => String(node.get(who.id))
    const outside: [by: Caller, target: string][] = [
      [top, nodeOf(strangers)],
      [top, nodeOf(stranger)],
      [a, nodeOf(top)],
      [a, nodeOf(b)],
      [a1, nodeOf(a2)],
      [await api.aMember(), nodeOf(top)],
    ]
    for (const [by, target] of outside) {
      for (const path of [
        (id: string) => `/api/binary/nodes/${id}/`,
        (id: string) => `/api/binary/nodes/${id}/?depth=6`,
        (id: string) => `/api/binary/nodes/${id}/children/`,
        (id: string) => `/api/binary/nodes/${id}/upline/`,
        (id: string) => `/api/binary/team/?node=${id}`,
        (id: string) => `/api/binary/team/?node=${id}&search=asha`,
        (id: string) => `/api/binary/team/?node=${id}&cursor=`,
      ]) {
        const answers = await Promise.all([target, '2147483647'].map((id) => api.get(path(id), by).expect(404)))
        const [hidden, missing] = answers.map(({ body: { instance: _, request_id: __, ...rest } }) => rest)
        expect(hidden).toEqual(missing)
        expect(hidden.code).toBe('network.node_not_found')
      }
    }
    expect(usersOf((await read('/api/binary/nodes/search/?q=asha', a)).body)).toEqual(ids(a))
    expect(usersOf((await read('/api/binary/team/?search=asha', top)).body)).toEqual(ids(a))
    for (const id of ['0', '-1', 'x', '1.5', '99999999999']) {
      expect((await api.get(`/api/binary/nodes/${id}/`, top).expect(404)).body.code).toBe('request.not_found')
    }
    await read(at(strangers, 'children/'), staff)
  })

  describe('a pair', () => {
    const pairOf = async (by: Caller) => (await read('/api/binary/pairs/', by)).body.results.at(-1)

    test('is explained: members, rule, arithmetic, journal', async () => {
      const pair = await pairOf(top)
      expect((await read(`/api/binary/pairs/${pair.id}/`, top)).body).toEqual(pair)
      const { body } = await read(`/api/binary/pairs/${pair.id}/explain/`, top)
      expect(body).toMatchObject({
        pair,
        ordinal: 1,
        plan_version: 1,
        left: { user: a.id, user_name: 'Asha Sharma', sequence: node.get(a.id), counted_since: expect.any(String) },
        right: { user: b.id, sequence: node.get(b.id) },
        arithmetic: {
          earning: '500.00',
          grace_pairs: 5,
          is_grace_pair: true,
          was_active_buyer: false,
          emi_deduction_percent: '20',
          emi_deducted: '0.00',
          net_amount: '500.00',
        },
        journal_entry: {
          key: `pair:${pair.id}`,
          lines: [
            { account: 'commission_expense', user: null, amount: '-500.00' },
            { account: 'member_wallet', user: top.id, amount: '500.00' },
          ],
        },
      })
      expect(body.rule.join(' ')).toContain('The first 5 pairs reach the wallet in full.')
      expect(JSON.stringify(body)).not.toContain(a.email)
      expect((await read(`/api/binary/pairs/${pair.id}/explain/`, staff)).body).toEqual(body)
    })

    test('is nobody else’s, by id, by explanation and by any filter, and neither is its earning', async () => {
      const { id } = await pairOf(top)
      for (const other of [a, stranger, await api.aMember()]) {
        for (const path of [`pairs/{id}/`, `pairs/{id}/explain/`]) {
          const ask = (pair: number) => api.get(`/api/binary/${path.replace('{id}', String(pair))}`, other).expect(404)
          const [hidden, missing] = (await Promise.all([ask(id), ask(2_147_483_647)])).map(
            ({ body: { instance: _, request_id: __, ...rest } }) => rest,
          )
          expect(hidden).toEqual(missing)
          expect(hidden.code).toBe('pair.not_found')
        }
      }
      for (const path of ['pairs', 'earnings']) {
        const { body } = await read(`/api/binary/${path}/?user=${top.id}&user_id=${top.id}`, stranger)
        expect(body).toMatchObject({ count: 0, results: [] })
      }
    })
  })

  test('after the grace pairs the explanation shows the EMI deduction and where it went', async () => {
    const earner = await api.aMember()
    await api.post(
      '/api/booking/bookings/',
      earner,
      bookingOf(await api.aVehicle(), { payment_option: 'emi_options', emi_duration_months: 12 }),
    )
    for (const _ of times(14, () => 0)) await api.aMember(earner)
    await api.settle()
    const { body } = await read('/api/binary/pairs/', earner)
    const sixth = body.results.find(({ pair_number }: { pair_number: number }) => pair_number === 6)
    const explained = (await read(`/api/binary/pairs/${sixth.id}/explain/`, earner)).body
    expect(explained.arithmetic).toMatchObject({ is_grace_pair: false, emi_deducted: '100.00', net_amount: '400.00' })
    expect(explained.rule.at(-1)).toContain('20 % go to your EMI')
    expect(explained.journal_entry.lines).toMatchObject([
      { account: 'commission_expense', amount: '-500.00' },
      { account: 'member_wallet', amount: '400.00' },
      { account: 'member_emi_reserve', amount: '100.00' },
    ])
    await api.expectSettledClean()
  })

  test('nobody refers themselves, comes below those they referred, or is placed twice', async () => {
    const upper = await api.aMember()
    const lower = await api.aMember(upper)
    await api.settle()
    const nodesOf = () => api.deps.db.read.placement.findMany({ where: { userId: { in: ids(upper, lower) } } })
    const before = await nodesOf()
    expect(before).toHaveLength(2)

    for (const referralCode of [upper.referralCode, lower.referralCode]) {
      api.clock.advance(31_000)
      await api.login(upper.email, { referralCode })
    }
    const own = bookingOf(await api.aVehicle(), { referral_code: upper.referralCode })
    expect((await api.post('/api/booking/bookings/', upper, own).expect(409)).body.code).toBe('user.self_referral')
    // The registrations are handled again, as a broker that lost its memory would have it.
    await api.deps.db.transaction(async (tx) => {
      await tx.outboxMessage.updateMany({ where: { name: 'member.registered' }, data: { publishedAt: null } })
      await tx.idempotencyRecord.deleteMany({ where: { scope: 'handler:network.place-and-match' } })
    })
    await api.settle()
    expect(await nodesOf()).toEqual(before)
    const again = await api.deps.db.read.user.findUniqueOrThrow({ where: { id: upper.id } })
    expect(again.referredById).toBeNull()
    const twice = { userId: upper.id, level: 0, placedAt: api.clock.now(), seq: 1_000_000 }
    await expect(api.deps.db.transaction((tx) => tx.placement.create({ data: twice }))).rejects.toThrow()
    await api.expectSettledClean()
  })

  test('a hundred who ask for their pairs at once have each pair made once', async () => {
    const earner = await api.aMember()
    for (const _ of times(6, () => 0)) await api.aMember(earner)
    const stop = api.handleAtOnce()
    const answers = await Promise.all(times(100, () => api.post('/api/binary/pairs/check_pairs/', earner)))
    stop()
    for (const { status, body } of answers) {
      expect([200, 201, 202, 404]).toContain(status)
      if (status === 404) expect(['network.placement_pending', 'network.not_placed']).toContain(body.code)
    }
    await api.expectSettledClean()
    const { body } = await read('/api/binary/pairs/', earner)
    expect(body.results.map(({ pair_number }: { pair_number: number }) => pair_number)).toEqual([3, 2, 1])
    const lefts = body.results.map(({ left_user }: { left_user: number }) => left_user)
    expect(new Set(lefts).size).toBe(3)
    const again = await Promise.all(times(100, () => api.post('/api/binary/pairs/check_pairs/', earner)))
    expect(again.map(({ body: { created } }) => created)).toEqual(times(100, () => 0))
    await api.expectSettledClean()
    expect((await read('/api/binary/pairs/', earner)).body.count).toBe(3)
    expect((await read('/api/wallet/my_wallet/', earner)).body.total_earned).toBe('1500.00')
  })
})
