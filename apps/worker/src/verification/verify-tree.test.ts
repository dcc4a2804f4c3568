import { treeChecks } from '@ev/application'
import { plans } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { defaultPlan } from '@ev/domain'
import { beforeAll, expect, test } from 'vitest'
import { aQuietPlatform, type QuietPlatform } from '../testing/a-platform.ts'
import { type Spoil, spoiled } from '../testing/spoiled.ts'
import { stories } from '../testing/stories.ts'

eachDatabase((_name, makeDatabase) => {
  let platform: QuietPlatform
  let outsider: number
  beforeAll(async () => {
    platform = await aQuietPlatform((await makeDatabase()).database)
    outsider = (await platform.aMember()).id
    const asha = await platform.aMember()
    for (let n = 0; n < 6; n += 1) await platform.aMember(asha.id)
    await platform.settled()
  })

  const lastPlacement = (tx: Parameters<Spoil>[0]) => tx.placement.findFirstOrThrow({ orderBy: { seq: 'desc' } })
  const lastPair = (tx: Parameters<Spoil>[0]) => tx.pair.findFirstOrThrow({ orderBy: { id: 'desc' } })

  async function lastPlacementChanged(
    tx: Parameters<Spoil>[0],
    data: Parameters<typeof tx.placement.update>[0]['data'],
  ) {
    const { seq, userId } = await lastPlacement(tx)
    await tx.placement.update({ where: { seq }, data })
    return `placement ${seq} of member ${userId}`
  }

  const skipSequence: Spoil = async (tx) => {
    const { seq } = await lastPlacement(tx)
    await tx.legs.delete({ where: { seq } })
    await tx.placement.update({ where: { seq }, data: { seq: seq + 1 } })
    return `placement ${seq + 1}`
  }

  const spoils: { readonly [check: string]: Spoil } = {
    'head.last_seq': async (tx) => {
      await tx.networkHead.update({ where: { id: 1 }, data: { lastSeq: { increment: 1 } } })
      return 'network head'
    },
    'placement.sequence': skipSequence,
    'placement.replay': skipSequence,
    'placement.slot': async (tx) => {
      const { seq } = await lastPlacement(tx)
      await tx.placement.update({ where: { seq }, data: { parentSeq: seq - 1, side: 'right' } })
      return `placement ${seq}`
    },
    'placement.level': (tx) => lastPlacementChanged(tx, { level: 99 }),
    'placement.sponsor': (tx) => lastPlacementChanged(tx, { sponsorSeq: 3 }),
    'placement.qualified_at': (tx) => lastPlacementChanged(tx, { qualifiedAt: null }),
    'member.placed': async (tx) => {
      const { userId: referredById } = await lastPlacement(tx)
      const now = platform.clock.now()
      const member = { username: 'placeless', referralCode: 'PLACELESS', dateJoined: now, updatedAt: now }
      const { id } = await tx.user.create({ data: { ...member, referredById } })
      return `member ${id}`
    },
    'member.qualified': async (tx) => {
      const { userId } = await lastPlacement(tx)
      await tx.user.update({ where: { id: userId }, data: { isActiveBuyer: true } })
      await tx.placement.update({ where: { userId }, data: { qualifiedAt: null } })
      return `member ${userId}`
    },
    'pair.month': async (tx) => {
      const { id, userId } = await lastPair(tx)
      await tx.pair.update({ where: { id }, data: { month: '2026-01' } })
      return `pair ${id} of member ${userId}`
    },
    'pair.missing': async (tx) => {
      const { id, userId } = await lastPair(tx)
      await tx.earning.deleteMany({ where: { pairId: id } })
      await tx.pair.delete({ where: { id } })
      const { seq } = await tx.placement.findUniqueOrThrow({ where: { userId } })
      return `node ${seq}`
    },
    'flush.members': async (tx) => {
      const flush = { userId: outsider, month: '2026-01', memberCount: 2, createdAt: platform.clock.now() }
      const { id } = await tx.pairFlush.create({ data: flush })
      return `flush ${id}`
    },
    'pair.ordinal': async (tx) => {
      const { id, userId } = await lastPair(tx)
      await tx.pair.update({ where: { id }, data: { pairNumber: 99 } })
      return `pair ${id} of member ${userId}`
    },
    'pair.month_limit': async (tx) => {
      const now = platform.clock.now()
      const strict = { ...defaultPlan, version: 2, monthlyPairLimit: 1 }
      await plans.insert(tx, strict, { effectiveFrom: now, createdById: null, now })
      const { id, userId } = await tx.pair.findFirstOrThrow({ where: { pairNumber: 2 } })
      await tx.pair.update({ where: { id }, data: { planVersion: 2 } })
      return `pair ${id} of member ${userId}`
    },
    'pair.earner_placed': async (tx) => {
      const { id } = await lastPair(tx)
      await tx.pair.update({ where: { id }, data: { userId: outsider } })
      return `pair ${id} of member ${outsider}`
    },
    'pair.member_in_leg': async (tx) => {
      const { id, userId } = await lastPair(tx)
      await tx.pair.update({ where: { id }, data: { rightUserId: outsider, standingRightId: outsider } })
      return `pair ${id} of member ${userId}, right member ${outsider}`
    },
    'pair.member_counts': async (tx) => {
      const { id, userId, leftUserId } = await lastPair(tx)
      await tx.placement.update({ where: { userId: leftUserId }, data: { qualifiedAt: null } })
      return `pair ${id} of member ${userId}, left member ${leftUserId}`
    },
    'log.rebuild': async (tx) => {
      const { id } = await lastPair(tx)
      await tx.pair.update({ where: { id }, data: { pairNumber: 99 } })
      return 'pairs and flushes'
    },
    'legs.counts': async (tx) => {
      const { seq } = await lastPlacement(tx)
      await tx.legs.update({ where: { seq }, data: { leftTeam: 1 } })
      return `node ${seq}`
    },
    'legs.pairs_this_month': async (tx) => {
      await tx.legs.update({ where: { seq: 1 }, data: { pairsThisMonth: { increment: 1 } } })
      return 'node 1'
    },
    'legs.rows': async (tx) => {
      const { seq } = await lastPlacement(tx)
      await tx.legs.delete({ where: { seq } })
      return 'legs'
    },
  }

  test('every check has a damage that it finds', () => {
    expect(Object.keys(spoils).sort()).toEqual(Object.keys(treeChecks).sort())
  })

  test.each(Object.keys(spoils))('%s is reported with the row that differs', async (check) => {
    const { subject, differences } = await spoiled(platform.deps, {
      verifier: 'tree',
      check,
      spoil: spoils[check]!,
    })
    expect(differences).toContainEqual(expect.objectContaining({ check, subject }))
  })

  test('nothing is reported of data that nobody damaged', async () => {
    await platform.expectClean()
  })

  test('a member who was placed in the moment in which a plan began may have been placed under the one before', async () => {
    const own = await aQuietPlatform((await makeDatabase()).database, { plan: { pairEligibility: 'qualified_sale' } })
    const asha = await own.aMember()
    await own.aMember(asha.id)
    await own.settled()
    await stories(own).changePlan({ pairEligibility: 'placed' })
    await own.expectClean()
  })
})
