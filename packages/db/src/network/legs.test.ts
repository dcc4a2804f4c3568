import { beforeEach, expect, test } from 'vitest'
import type { Database } from '../client.ts'
import { testInstant } from '../testing/example-rows.ts'
import { eachDatabase } from '../testing/index.ts'
import { insertPlacements, type LegsRow, saveLegs } from './index.ts'

function legs(seq: number, leftTeam: number): LegsRow {
  return {
    seq,
    leftTeam,
    rightTeam: leftTeam + 1,
    leftQualified: leftTeam,
    rightQualified: leftTeam + 1,
    leftConsumed: 1,
    rightConsumed: 2,
    pairsMatched: 3,
    pairsMonth: '2026-11',
    pairsThisMonth: 4,
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

eachDatabase((_provider, makeDatabase) => {
  const members = range(1, 500)
  let database: Database
  let made: Database | undefined
  beforeEach(async () => {
    made ??= await withPlacements((await makeDatabase()).database)
    database = made
    await database.transaction((tx) => tx.legs.deleteMany())
  })

  async function withPlacements(empty: Database): Promise<Database> {
    await empty.transaction(async (tx) => {
      await tx.user.createMany({
        data: members.map((id) => ({
          id,
          username: `m${id}`,
          referralCode: `M${id}`,
          dateJoined: testInstant,
          updatedAt: testInstant,
        })),
      })
      await insertPlacements(
        tx,
        members.map((seq) => ({ seq, userId: seq, level: 0, placedAt: testInstant })),
      )
    })
    return empty
  }

  const save = (rows: readonly LegsRow[]) => database.transaction((tx) => saveLegs(tx, rows))
  const stored = () => database.read.legs.findMany({ orderBy: { seq: 'asc' } })

  test('legs are inserted, and overwritten when they are there', async () => {
    await save([legs(1, 5), legs(2, 6)])
    expect(await stored()).toEqual([legs(1, 5), legs(2, 6)])
    const changed: LegsRow = {
      ...legs(1, 9),
      leftConsumed: 7,
      rightConsumed: 8,
      pairsMonth: '2026-12',
      pairsThisMonth: 0,
    }
    await save([changed])
    expect(await stored()).toEqual([changed, legs(2, 6)])
  })

  test('new and known legs may come together, in any order', async () => {
    await save([legs(2, 5), legs(4, 5)])
    const rows = [legs(4, 8), legs(1, 8), legs(3, 8), legs(2, 8)]
    await save(rows)
    expect(await stored()).toEqual(range(1, 4).map((seq) => legs(seq, 8)))
  })

  test('nothing to save is no statement', async () => {
    await save([])
    expect(await stored()).toEqual([])
  })

  test('more legs than go into one statement', async () => {
    await save(range(1, 250).map((seq) => legs(seq, 5)))
    await save(members.map((seq) => legs(seq, seq + 10)))
    expect(await stored()).toEqual(members.map((seq) => legs(seq, seq + 10)))
  })

  test('figures that no rule allows are refused in an update too', async () => {
    await save([legs(1, 5)])
    await expect(save([legs(2, 5), { ...legs(1, 5), leftConsumed: 6 }])).rejects.toThrow(/legs_left_check/)
    expect(await stored()).toEqual([legs(1, 5)])
  })
})
