import { times, until } from '@ev/testing'
import { expect, test } from 'vitest'
import { type Answer, type AttackedPlatform, outcomes } from './attacked-platform.ts'

export function attackNetwork(platform: () => AttackedPlatform): void {
  const placementsOf = (userIds: readonly number[]) =>
    platform().stack.db.read.placement.findMany({ where: { userId: { in: [...userIds] } }, orderBy: { seq: 'asc' } })

  test('36: nobody refers themselves, comes below those they referred, or is placed twice', async () => {
    const { aMember, aVehicle, atOnce, book, done, send, settled, stack } = platform()
    const upper = await aMember()
    const lower = await aMember(upper)
    await settled()
    const ids = [upper.id, lower.id]
    const before = await placementsOf(ids)
    expect(before.map(({ userId, level }) => [userId, level])).toEqual([
      [upper.id, before[0]!.level],
      [lower.id, before[0]!.level + 1],
    ])
    const vehicle = await aVehicle({ price: 100_000 })
    const self = await atOnce(() => book(upper, vehicle, { referral_code: upper.referralCode }))
    expect(outcomes(self)).toEqual({ '409 user.self_referral': 100 })
    const change = { referral_code: lower.referralCode, referred_by: lower.id, sponsor: lower.id, parent: lower.id }
    await atOnce(() => send('PATCH', '/users/update_profile/', { by: upper, body: change }))
    expect((await done('GET', '/users/profile/', { by: upper }))['referred_by']).toBeNull()
    // The registration is told again, as a broker that lost its memory would have it, to both workers at once.
    const scope = 'handler:network.place-and-match'
    const told = await stack.db.transaction(async (tx) => {
      await tx.idempotencyRecord.deleteMany({ where: { scope } })
      const message = { name: 'member.registered' }
      return tx.outboxMessage.updateMany({ where: message, data: { publishedAt: null } })
    })
    const handled = () => stack.db.read.idempotencyRecord.count({ where: { scope } })
    await until(async () => (await handled()) >= told.count, { timeoutMs: 20_000 })
    expect(await placementsOf(ids)).toEqual(before)
  })

  test('39: a hundred who ask for pairs while members join have each pair made once', async () => {
    const { aMember, atOnce, done, members, send, settled, stack, wallet } = platform()
    const earner = await aMember()
    const check = () => send('POST', '/binary/pairs/check_pairs/', { by: earner, body: {} })
    const [answers] = await Promise.all([atOnce(check), members(8, earner)])
    // Before the first of them is placed, the earner has no place either.
    const expected = new Set(['200', '201', '202', '404 network.placement_pending', '404 network.not_placed'])
    expect(Object.keys(outcomes(answers)).filter((outcome) => !expected.has(outcome))).toEqual([])
    await settled()
    const created = ({ body }: Answer) => body['created'] ?? null
    const again = await atOnce(check)
    expect(again.filter((answer) => ![200, 202].includes(answer.status) || created(answer) !== 0)).toEqual([])
    await settled()
    // Level order puts eight members 5 : 3, so three pairs.
    const pairs = await stack.db.read.pair.findMany({ where: { userId: earner.id }, orderBy: { pairNumber: 'asc' } })
    expect(pairs.map(({ pairNumber, status }) => [pairNumber, status])).toEqual(times(3, (n) => [n + 1, 'processed']))
    for (const side of ['leftUserId', 'rightUserId'] as const) expect(new Set(pairs.map((p) => p[side])).size).toBe(3)
    expect((await done('GET', '/binary/earnings/', { by: earner }))['count']).toBe(3)
    expect(await wallet(earner)).toMatchObject({ balance: '1500.00', total_earned: '1500.00' })
  })
}
