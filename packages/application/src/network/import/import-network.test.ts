import { type Database, plans } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { defaultPlan } from '@ev/domain'
import { createSlowNetwork, type SlowNetwork } from '@ev/domain/testing'
import { createLogger, manualClock, systemIds } from '@ev/runtime'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyLedger } from '../../verification/verify-ledger.ts'
import { verifyTree } from '../../verification/verify-tree.ts'
import { generateMembers, type NetworkShape, networkShapes } from './generate-members.ts'
import { importNetwork } from './import-network.ts'
import { ImportRefused } from './import-state.ts'
import type { MemberRecord } from './member-record.ts'

const start = new Date('2026-11-25T06:00:00.000Z')
const silent = () => {}
const quiet = { progress: silent, settledAfterMs: 60_000 }

async function aPlatform(db: Database) {
  await db.transaction((tx) =>
    plans.insert(tx, defaultPlan, { effectiveFrom: new Date(0), createdById: null, now: start }),
  )
  return { db, clock: manualClock(start), ids: systemIds, log: createLogger({ level: 'silent', pretty: false }) }
}

type Platform = Awaited<ReturnType<typeof aPlatform>>

function fileOf(lines: Iterable<MemberRecord>) {
  const records = [...lines]
  return async function* () {
    yield* records
  }
}

const run = (platform: Platform, records: () => AsyncIterable<MemberRecord>) =>
  importNetwork(platform, { records, progress: silent })

const line = (record: Partial<MemberRecord>): MemberRecord => ({
  ...{ line: 2, member: 'ASHA', sponsor: '', joinedAt: '2026-04-01', side: '' },
  ...record,
})

/** What the slow model makes of the same lines. */
function slowModelOf(records: Iterable<MemberRecord>): SlowNetwork<string> {
  const rules = { month: '2026-11', monthlyLimit: 10, eligibility: 'placed', pairCap: 'carry_forward' } as const
  const slow = createSlowNetwork<string>(rules)
  for (const { member, sponsor, side } of records) {
    if (sponsor !== '') slow.join(member, sponsor, side === '' ? undefined : (side as 'left' | 'right'))
  }
  return slow
}

/** Every place, count and pair that is stored is the model's. */
async function expectEqual({ db }: Platform, slow: SlowNetwork<string>): Promise<void> {
  const users = await db.read.user.findMany({ select: { id: true, referralCode: true } })
  const codes = new Map(users.map(({ id, referralCode }) => [id, referralCode]))
  const placements = await db.read.placement.findMany({ orderBy: { seq: 'asc' } })
  const codeOfSeq = new Map(placements.map(({ seq, userId }) => [seq, codes.get(userId)!]))
  const legs = new Map((await db.read.legs.findMany()).map((row) => [row.seq, row]))
  const pairs = new Map<string, unknown[]>()
  for (const pair of await db.read.pair.findMany({ orderBy: { id: 'asc' } })) {
    const own = pairs.get(codes.get(pair.userId)!) ?? []
    own.push([pair.pairNumber, codes.get(pair.leftUserId), codes.get(pair.rightUserId)])
    pairs.set(codes.get(pair.userId)!, own)
  }
  const stored = placements.map(({ seq, parentSeq, side, level }) => {
    const row = legs.get(seq)!
    const code = codeOfSeq.get(seq)!
    const counts = [row.leftTeam, row.rightTeam, row.leftConsumed, row.rightConsumed, row.pairsMatched]
    return [code, parentSeq === null ? null : codeOfSeq.get(parentSeq), side, level, ...counts, pairs.get(code) ?? []]
  })
  const right = slow.members().map((member) => {
    const { parent, side, level } = slow.position(member)
    const legsOf = slow.counts(member)
    const own = slow.pairs(member)
    const counts = [legsOf.left.team, legsOf.right.team, legsOf.left.consumed, legsOf.right.consumed, own.length]
    return [member, parent, side, level, ...counts, own.map((pair) => [pair.number, pair.left, pair.right])]
  })
  expect(stored).toEqual(right)
}

eachDatabase((_name, makeDatabase) => {
  let platform: Platform
  beforeAll(async () => {
    platform = await aPlatform((await makeDatabase()).database)
  })

  test('every mistake is named with its line and column, and nothing is written', async () => {
    const result = await run(
      platform,
      fileOf([
        line({}),
        line({ line: 3, member: 'RAVI', sponsor: 'asha', side: 'middle' }),
        line({ line: 4, member: '' }),
        line({ line: 5, member: 'a b', sponsor: 'NOBODY' }),
        line({ line: 6, member: 'MEENA', sponsor: 'NOBODY' }),
        line({ line: 7, member: 'asha' }),
        line({ line: 8, member: 'KIRAN', sponsor: 'KIRAN' }),
        line({ line: 9, member: 'LATA', joinedAt: '2026-02-30' }),
        line({ line: 10, member: 'OM', joinedAt: '2026-11-25T06:00:00.001Z' }),
        line({ line: 11, member: 'UMA', side: 'left' }),
      ]),
    )
    expect(result.kind === 'refused' && result.problems.map(({ line, field }) => [line, field])).toEqual([
      [3, 'side'],
      [4, 'member'],
      [5, 'member'],
      [6, 'sponsor'],
      [7, 'member'],
      [8, 'sponsor'],
      [9, 'joined_at'],
      [10, 'joined_at'],
      [11, 'side'],
    ])
    expect(await platform.db.read.user.count()).toBe(0)
    expect(await platform.db.read.setting.count()).toBe(0)
  })

  test('interrupted after any batch and run again it goes on; another file has to wait, and the same one is imported once', async () => {
    const members = [...generateMembers({ members: 3_000, shape: 'random', seed: 3 })]
    const records = fileOf(members)
    for (const commits of [2, 1]) {
      const db = interruptedAfter(platform.db, commits)
      await expect(run({ ...platform, db }, records)).rejects.toThrow('interrupted')
      expect((await platform.db.read.user.count()) % 1_000).toBe(0)
      await expect(run(platform, fileOf(members.slice(0, 10)))).rejects.toThrow(ImportRefused)
    }
    expect(await run(platform, records)).toMatchObject({ kind: 'imported', members: 3_000 })
    await expectEqual(platform, slowModelOf(members))
    expect(await verifyTree(platform, quiet)).toEqual([])
    expect(await verifyLedger(platform, quiet)).toEqual([])
    expect(await run(platform, records)).toMatchObject({ kind: 'refused', problemCount: 3_000 })
  })

  test('a second file is placed below members who are there already, on the side that it names', async () => {
    const result = await run(
      platform,
      fileOf([
        line({ line: 2, member: 'RIGHT', sponsor: 'm0000001', side: 'right' }),
        line({ line: 3, member: 'BELOW', sponsor: 'RIGHT', joinedAt: '2026-04-01T23:30:00+05:30' }),
      ]),
    )
    expect(result).toMatchObject({ kind: 'imported', members: 2 })
    const below = await platform.db.read.user.findFirst({
      where: { username: 'below' },
      include: { wallet: true, placement: { include: { parent: { include: { user: true } } } } },
    })
    expect(below).toMatchObject({ referralCode: 'BELOW', email: null, mobile: null, wallet: { balance: 0n } })
    expect(below?.dateJoined).toEqual(new Date('2026-04-01T18:00:00.000Z'))
    expect(below?.placement?.parent?.user.referralCode).toBe('RIGHT')
    expect(await verifyTree(platform, quiet)).toEqual([])
    expect(await verifyLedger(platform, quiet)).toEqual([])
  })
})

describe('twenty thousand members', () => {
  const members = [...generateMembers({ members: 20_000, shape: 'random', seed: 20 })]
  let slow: SlowNetwork<string>
  beforeAll(() => {
    slow = slowModelOf(members)
  }, 60_000)

  eachDatabase((_name, makeDatabase) => {
    test('are placed, counted and paired as the slow model does it', { timeout: 120_000 }, async () => {
      const platform = await aPlatform((await makeDatabase()).database)
      expect(await run(platform, fileOf(members))).toMatchObject({ kind: 'imported', members: 20_000 })
      await expectEqual(platform, slow)
    })
  })
})

test.each<[NetworkShape, string[]]>([
  ['balanced', ['', '1', '1', '1', '1', '1', '1']],
  ['chain', ['', '1', '2', '3', '4', '5', '6']],
  ['caterpillar', ['', '1', '1', '2', '2', '4', '4']],
])('a network of the shape %s', (shape, sponsors) => {
  const short = (code: string) => code.replace(/^M0*/, '')
  const made = [...generateMembers({ members: 7, shape, seed: 1 })]
  expect(made.map(({ sponsor }) => short(sponsor))).toEqual(sponsors)
})

test.each(networkShapes)('a network of the shape %s refers upwards only, and is the same for a seed', (shape) => {
  const make = (seed: number) => [...generateMembers({ members: 500, shape, seed })]
  expect(make(5)).toEqual(make(5))
  for (const { member, sponsor } of make(5)) expect(sponsor < member).toBe(true)
})

/** The platform's database that fails after so many transactions, as if the process ended. */
function interruptedAfter(db: Database, commits: number): Database {
  let left = commits
  return {
    ...db,
    async transaction(work, options) {
      if (left === 0) throw new Error('interrupted')
      left -= 1
      return db.transaction(work, options)
    },
  }
}
