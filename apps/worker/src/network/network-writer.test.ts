import { checkPairs, createNetworkWriter, verifyTree } from '@ev/application'
import { users } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { createSlowNetwork, type SlowNetwork } from '@ev/domain/testing'
import type { Envelope, EnvelopeOf } from '@ev/messaging'
import { systemIds } from '@ev/runtime'
import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { outcomes } from '../testing/stories.ts'

type NetworkMessage = EnvelopeOf<'network.place-and-match'>

const slowRules = { month: '2026-11', monthlyLimit: 10, eligibility: 'placed', pairCap: 'carry_forward' } as const

eachDatabase((_name, makeDatabase) => {
  const aPlatform = async (options = {}) => aQuietPlatform((await makeDatabase()).database, options)

  const registrations = async (platform: QuietPlatform) =>
    (await platform.messages('member.registered')) as NetworkMessage[]

  /** Members below one root, each referred by one of those before. */
  async function aCrowd(platform: QuietPlatform, size: number): Promise<number[]> {
    const root = await platform.aMember()
    const ids = [root.id]
    for (let n = 1; n < size; n += 1) ids.push((await platform.aMember(ids[(n * 7) % Math.ceil(ids.length / 2)]!)).id)
    return ids
  }

  const placementsOf = async ({ deps }: QuietPlatform) => {
    const rows = await deps.db.read.placement.findMany({
      orderBy: { seq: 'asc' },
      include: { sponsor: true, parent: true },
    })
    return rows.map(({ seq, userId, side, sponsor, parent }) => ({
      seq,
      userId,
      side,
      sponsor: sponsor?.userId ?? null,
      parent: parent?.userId ?? null,
    }))
  }

  /** The slow model of the stored placements, in their order. */
  async function slowModel(platform: QuietPlatform): Promise<SlowNetwork<number>> {
    const slow = createSlowNetwork<number>(slowRules)
    for (const { userId, sponsor } of await placementsOf(platform)) slow.join(userId, sponsor)
    return slow
  }

  async function expectSlowModel(platform: QuietPlatform): Promise<void> {
    const slow = await slowModel(platform)
    const placed = await placementsOf(platform)
    expect(placed.map(({ userId, parent, side }) => ({ userId, parent, side }))).toEqual(
      slow.members().map((userId) => {
        const { parent, side } = slow.position(userId)
        return { userId, parent, side }
      }),
    )
    const pairs = await platform.deps.db.read.pair.findMany({ orderBy: [{ userId: 'asc' }, { pairNumber: 'asc' }] })
    const right = [...slow.members()]
      .sort((a, b) => a - b)
      .flatMap((userId) => slow.pairs(userId).map(({ number, left, right }) => [userId, number, left, right]))
    expect(pairs.map((pair) => [pair.userId, pair.pairNumber, pair.leftUserId, pair.rightUserId])).toEqual(right)
    const legs = await platform.deps.db.read.legs.findMany({ include: { placement: true } })
    for (const { placement, leftTeam, rightTeam, leftConsumed, rightConsumed } of legs) {
      const { left, right } = slow.counts(placement.userId)
      expect([leftTeam, leftConsumed, rightTeam, rightConsumed]).toEqual([
        left.team,
        left.consumed,
        right.team,
        right.consumed,
      ])
    }
  }

  test('two writers at once, with messages split, interleaved and doubled, build the one right tree', async () => {
    const platform = await aPlatform()
    const crowd = await aCrowd(platform, 36)
    const messages = await registrations(platform)
    const writers = times(2, () => createNetworkWriter(platform.deps))
    const batches = times(12, (n) => messages.slice(n * 3, n * 3 + 3))
    const { refused } = await outcomes(
      batches.flatMap((batch, n) => [writers[n % 2]!.handle(batch), writers[(n + 1) % 2]!.handle(batch.toReversed())]),
    )
    expect(refused).toEqual([])
    expect(await platform.deps.db.read.placement.count()).toBe(crowd.length)
    await expectSlowModel(platform)
    await platform.settled()
    await platform.expectClean()
  })

  test('a writer whose transaction fails in the middle leaves nothing, rebuilds and carries on', async () => {
    let failures = 0
    const timeOrderedUuid = () => {
      if (failures === 0) return systemIds.timeOrderedUuid()
      failures -= 1
      throw new Error('No more ids.')
    }
    const platform = await aPlatform({ ids: { ...systemIds, timeOrderedUuid } })
    await aCrowd(platform, 12)
    const messages = await registrations(platform)
    const writer = createNetworkWriter(platform.deps)
    await writer.handle(messages.slice(0, 4))
    const told = await platform.deps.db.read.outboxMessage.count()
    const placed = await platform.deps.db.read.placement.count()
    // The ids are needed for the messages about pairs, when placements and pairs are already written.
    failures = 1
    await expect(writer.handle(messages.slice(4, 8))).rejects.toThrow('No more ids.')
    expect(await platform.deps.db.read.outboxMessage.count()).toBe(told)
    expect(await platform.deps.db.read.placement.count()).toBe(placed)
    await writer.handle(messages.slice(4, 8))
    await writer.handle(messages.slice(8))
    await expectSlowModel(platform)
    await platform.settled()
    await platform.expectClean()
  })

  test('a registration that comes before the one of the sponsor places the sponsor first', async () => {
    const platform = await aPlatform()
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    const meena = await platform.aMember(ravi.id)
    const [ofAsha, ofRavi, ofMeena] = await registrations(platform)
    await platform.deliver('network.place-and-match', ofMeena!)
    await platform.deliver('network.place-and-match', ofAsha!, ofRavi!)
    expect(await placementsOf(platform)).toEqual([
      { seq: 1, userId: asha.id, side: null, sponsor: null, parent: null },
      { seq: 2, userId: ravi.id, side: 'left', sponsor: asha.id, parent: asha.id },
      { seq: 3, userId: meena.id, side: 'left', sponsor: ravi.id, parent: ravi.id },
    ])
    await platform.expectClean()
  })

  test('a member without a referrer has no node until someone is referred', async () => {
    const platform = await aPlatform()
    const asha = await platform.aMember()
    await platform.settled()
    expect(await placementsOf(platform)).toEqual([])
    await expect(checkPairs(platform.deps, { userId: asha.id })).rejects.toMatchObject({ code: 'network.not_placed' })
    await platform.aMember(asha.id)
    await platform.settled()
    expect(await placementsOf(platform)).toHaveLength(2)
    await platform.expectClean()
  })

  test("the sponsor's choice of a side leads every direct referral into that leg", async () => {
    const platform = await aPlatform()
    const asha = await platform.aMember()
    const choose = (placementPreference: 'auto' | 'left' | 'right') =>
      platform.deps.db.transaction((tx) => users.update(tx, asha.id, { placementPreference }))
    const joined: number[] = []
    for (const side of ['right', 'right', 'left', 'right', 'auto'] as const) {
      await choose(side)
      joined.push((await platform.aMember(asha.id)).id)
      await platform.settled()
    }
    const [a, b, c, d, e] = joined
    const at = new Map((await placementsOf(platform)).map(({ userId, parent, side }) => [userId, [parent, side]]))
    expect([a, b, c, d, e].map((id) => at.get(id!))).toEqual([
      [asha.id, 'right'],
      [a, 'left'],
      [asha.id, 'left'],
      [a, 'right'],
      [c, 'left'],
    ])
    await platform.expectClean()
  })

  test('a circle of referrers and an unknown member stop neither the writer nor their neighbours', async () => {
    const platform = await aPlatform()
    const asha = await platform.aMember()
    const self = await platform.aMember()
    const [first, second] = [await platform.aMember(), await platform.aMember()]
    const refer = (id: number, referredById: number) =>
      platform.deps.db.transaction((tx) => users.update(tx, id, { referredById }))
    await refer(self.id, self.id)
    await refer(first.id, second.id)
    await refer(second.id, first.id)
    const below = await platform.aMember(asha.id)
    const messages = await platform.messages('member.registered')
    const unknown: Envelope = {
      ...messages[0]!,
      id: systemIds.uuid(),
      name: 'member.registered',
      payload: { userId: 9_999 },
    }
    const kinds = (await platform.offer('network.place-and-match', [unknown, ...messages])).map(({ kind }) => kind)
    expect(kinds).toEqual(['park', 'done', 'done', 'retry', 'retry', 'done'])
    expect((await placementsOf(platform)).map(({ userId }) => userId)).toEqual([asha.id, below.id])
    await platform.skipAll()
    const differences = await verifyTree(platform.deps, { progress: () => {}, settledAfterMs: 0 })
    expect(differences.map(({ check, subject }) => `${check} of ${subject}`)).toEqual([
      `member.placed of member ${first.id}`,
      `member.placed of member ${second.id}`,
    ])
  })

  test('any number of simultaneous questions make each pair once', async () => {
    const platform = await aPlatform()
    await aCrowd(platform, 8)
    await platform.settled()
    const [root] = await placementsOf(platform)
    const before = await platform.deps.db.read.pair.count()
    // Two more members make pairs possible, which the questions and the registrations race to make.
    for (let n = 0; n < 2; n += 1) await platform.aMember(root!.userId)
    const deps = { ...platform.deps, sleep: () => platform.settled() }
    const ask = times(100, () => checkPairs(deps, { userId: root!.userId }))
    const { refused } = await outcomes(ask)
    expect(refused).toEqual([])
    await platform.settled()
    expect(await platform.deps.db.read.pair.count()).toBeGreaterThan(before)
    await expectSlowModel(platform)
    await platform.expectClean()
  })
})
