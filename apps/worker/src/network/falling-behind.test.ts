import { createNetworkWriter, startMonth, verifyTree } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import type { EnvelopeOf } from '@ev/messaging'
import { expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'

type NetworkMessage = EnvelopeOf<'network.place-and-match'>

/** One row that may be late and one due earner for each batch. */
const tight = { mostLegs: 1, mostDuePairs: 1 }

eachDatabase((_name, makeDatabase) => {
  const messagesOf = async (platform: QuietPlatform, name: NetworkMessage['name']) =>
    (await platform.messages(name)) as NetworkMessage[]

  const differences = ({ deps }: QuietPlatform) => verifyTree(deps, { progress: () => {}, settledAfterMs: 0 })

  /** Handles one `tree.fell_behind` after the other, each by a new writer that knows nothing of the one before; answers how many. */
  async function catchUp(platform: QuietPlatform): Promise<number> {
    for (let handled = 0; ; handled += 1) {
      const message = (await messagesOf(platform, 'tree.fell_behind'))[handled]
      if (message === undefined) return handled
      expect(await differences(platform)).toEqual([])
      await createNetworkWriter(platform.deps, tight).handle([message])
      // Handled again it asks for nothing; the batch itself goes on with what is left.
      await createNetworkWriter(platform.deps, tight).handle([message])
    }
  }

  test('counts that a batch leaves out are written by those that follow, whoever writes them, and then told no more', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const root = await platform.aMember()
    let last = root
    for (let n = 0; n < 12; n += 1) last = await platform.aMember(last.id)
    await createNetworkWriter(platform.deps, tight).handle(await messagesOf(platform, 'member.registered'))
    const { read } = platform.deps.db
    expect(await read.networkHead.findFirst()).toMatchObject({ legsBehind: false })

    // Whoever comes last changes the counts of all thirteen above.
    await platform.aMember(last.id)
    await createNetworkWriter(platform.deps, tight).handle((await messagesOf(platform, 'member.registered')).slice(-1))
    expect(await read.networkHead.findFirst()).toMatchObject({ legsBehind: true })
    expect((await read.legs.findFirst({ where: { seq: 12 } }))?.leftTeam).toBe(1)
    expect(await messagesOf(platform, 'tree.fell_behind')).toHaveLength(1)

    expect(await catchUp(platform)).toBeGreaterThan(3)
    expect(await read.networkHead.findFirst()).toMatchObject({ legsBehind: false })
    expect(await read.legs.findMany({ orderBy: { seq: 'asc' }, select: { leftTeam: true } })).toEqual(
      Array.from({ length: 14 }, (_, n) => ({ leftTeam: 13 - n })),
    )
    await platform.settled()
    await platform.expectClean()
  })

  test('the members whom a month left waiting are matched batch by batch, across restarts and beside new members', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database, { plan: { monthlyPairLimit: 1 } })
    const root = await platform.aMember()
    for (let n = 0; n < 30; n += 1) await platform.aMember(root.id)
    await createNetworkWriter(platform.deps).handle(await messagesOf(platform, 'member.registered'))
    const { read } = platform.deps.db
    const before = await read.pair.count()
    platform.clock.set(new Date('2026-12-01T06:00:00.000Z'))
    await startMonth(platform.deps)
    await platform.aMember(root.id)
    const [started] = await messagesOf(platform, 'month.started')
    const [newest] = (await messagesOf(platform, 'member.registered')).slice(-1)
    await createNetworkWriter(platform.deps, tight).handle([started!, newest!])
    expect(await read.networkHead.findFirst()).toMatchObject({ month: '2026-12', matchingBehind: true })

    expect(await catchUp(platform)).toBeGreaterThan(1)
    expect(await read.networkHead.findFirst()).toMatchObject({ matchingBehind: false, legsBehind: false })
    // Of thirty below the root seven have two or more in both legs.
    const made = await read.pair.groupBy({ by: ['userId'], where: { month: '2026-12' }, _count: { id: true } })
    expect(made.map(({ _count }) => _count.id)).toEqual(made.map(() => 1))
    expect((await read.pair.count()) - before).toBe(made.length)
    expect(made.length).toBeGreaterThanOrEqual(7)
    await platform.settled()
    await platform.expectClean()
  })
})
