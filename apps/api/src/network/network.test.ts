import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  afterEach(() => api.expectSettledClean())

  const tree = (by: Caller, query = '') => api.get(`/api/binary/nodes/my_tree/${query}`, by)
  const referrals = async (by: Caller, count: number): Promise<Caller[]> => {
    const members: Caller[] = []
    for (const _ of times(count, () => 0)) members.push(await api.aMember(by))
    return members
  }

  test('a member is placed within a moment, and nobody without a referrer or referrals has a place', async () => {
    const sponsor = await api.aMember()
    expect((await tree(sponsor).expect(404)).body.code).toBe('network.not_placed')
    const [member] = await referrals(sponsor, 1)
    expect((await tree(member!).expect(404)).body.code).toBe('network.placement_pending')
    await api.settle()
    const { body } = await tree(member!).expect(200)
    const root = (await tree(sponsor).expect(200)).body
    expect(body).toMatchObject({
      user: member!.id,
      sponsor: sponsor.id,
      parent: root.id,
      side: 'left',
      level: 1,
      monthly_limit: 10,
      left: null,
      right: null,
    })
  })

  test('the tree shows teams, what is unmatched, and as many levels as were asked for', async () => {
    const sponsor = await api.aMember()
    const [first, second, third] = await referrals(sponsor, 3)
    await api.settle()
    const { body } = await tree(sponsor).expect(200)
    expect(body).toMatchObject({
      user: sponsor.id,
      sponsor: null,
      parent: null,
      side: null,
      left_team: 2,
      right_team: 1,
      left_count: 1,
      right_count: 0,
      pairs_matched: 1,
      pairs_this_month: 1,
      left: { user: first!.id, left: { user: third!.id, left: null } },
      right: { user: second!.id },
    })
    expect((await tree(sponsor, '?depth=1').expect(200)).body.left).toMatchObject({ user: first!.id, left: null })
    expect((await tree(sponsor, '?depth=0').expect(200)).body.left).toBeNull()
    expect((await tree(sponsor, '?depth=999').expect(200)).body).toEqual(body)
    await tree(sponsor, '?depth=-1').expect(400)
    await tree(sponsor, '?depth=two').expect(400)
    const fortnightMs = 15 * 86_400_000
    api.clock.advance(fortnightMs)
    const inDecember = await tree(await api.login(sponsor.email)).expect(200)
    expect(inDecember.body).toMatchObject({ pairs_this_month: 0, pairs_matched: 1 })
    api.clock.advance(-fortnightMs)
  })

  test('a leg can be chosen for new referrals', async () => {
    const sponsor = await api.aMember()
    const choose = (placement_preference: unknown) =>
      api.http
        .patch('/api/binary/nodes/my_tree/')
        .set('Authorization', sponsor.authorization)
        .send({ placement_preference, left_count: 99 })
    expect((await choose('right').expect(200)).body).toEqual({ placement_preference: 'right' })
    await referrals(sponsor, 2)
    await api.settle()
    expect((await tree(sponsor).expect(200)).body).toMatchObject({
      left_team: 0,
      right_team: 2,
      left_count: 0,
      placement_preference: 'right',
    })
    expect(Object.keys((await choose('middle').expect(400)).body.errors)).toEqual(['placement_preference'])
  })

  test('pairs and what they earned are listed to their owner only', async () => {
    const sponsor = await api.aMember()
    const [left, right] = await referrals(sponsor, 2)
    await api.settle()
    const { body } = await api.get('/api/binary/pairs/?month=2026-11', sponsor).expect(200)
    expect(body.results).toEqual([
      {
        id: expect.any(Number),
        user: sponsor.id,
        left_user: left!.id,
        right_user: right!.id,
        pair_number: 1,
        pair_amount: '1000.00',
        earning_amount: '500.00',
        status: 'processed',
        pair_month: 11,
        pair_year: 2026,
        created_at: expect.any(String),
        matched_at: expect.any(String),
        processed_at: expect.any(String),
        reversed_at: null,
      },
    ])
    const earnings = (await api.get('/api/binary/earnings/', sponsor).expect(200)).body
    expect(earnings.results).toEqual([
      {
        id: expect.any(Number),
        binary_pair: body.results[0].id,
        pair_number: 1,
        amount: '500.00',
        emi_deducted: '0.00',
        net_amount: '500.00',
        reversed_amount: '0.00',
        created_at: expect.any(String),
      },
    ])
    expect((await api.get('/api/binary/pairs/?month=2026-10', sponsor)).body.count).toBe(0)
    expect((await api.get('/api/binary/pairs/?cursor=', sponsor)).body.results).toHaveLength(1)
    expect((await api.get('/api/binary/pairs/', left!)).body.count).toBe(0)
    expect((await api.get('/api/binary/earnings/', left!)).body.count).toBe(0)
    await api.get('/api/binary/pairs/?month=2026-13', sponsor).expect(400)
  })

  test('asking for pairs answers what was made, that there was nothing, or that it will be looked at', async () => {
    const sponsor = await api.aMember()
    const check = () => api.post('/api/binary/pairs/check_pairs/', sponsor)
    expect((await check().expect(404)).body.code).toBe('network.not_placed')
    await referrals(sponsor, 1)
    await api.settle()

    expect((await check().expect(202)).body).toMatchObject({ pairs: [], created: 0, remaining_this_month: 10 })
    await api.settle()

    const stop = api.handleAtOnce()
    expect((await check().expect(200)).body).toEqual({
      pairs: [],
      created: 0,
      remaining_this_month: 10,
      message: 'There is nobody to pair yet.',
    })
    stop()

    await referrals(sponsor, 1)
    const again = api.handleAtOnce()
    const { body } = await check().expect(201)
    expect(body).toMatchObject({ created: 1, remaining_this_month: 9, pairs: [{ pair_number: 1, user: sponsor.id }] })
    const answers = await Promise.all(times(20, check))
    expect(answers.map(({ status }) => status)).toEqual(times(20, () => 200))
    again()
    await api.settle()
    expect((await api.get('/api/binary/pairs/', sponsor)).body.count).toBe(1)
  })
})
