import { verifyLedger, verifyTree } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { fillRepeatedLedger } from '@ev/db/testing/repeated-ledger'
import { beforeAll, expect, test } from 'vitest'
import { richStory } from './rich-story.ts'
import { run } from './run.ts'
import { scratchForSuite } from './testing/scratch.ts'

const { newFile } = scratchForSuite()
const limitMs = 120_000
const quietly = { progress: () => {}, settledAfterMs: 0 }

let source: string
let endedAt: Date
beforeAll(async () => {
  source = newFile('story')
  endedAt = (await run({ ...richStory, file: source })).endedAt
}, limitMs)

/** What no step of a simulated life writes. */
const unwritten = ['nominees', 'vehicle_images', 'opening_balances', 'compliance_documents']

eachDatabase((_provider, makeDatabase) => {
  test(
    'a ledger of many copies of a story has rows of every kind, and the verifiers find nothing in it but what is damaged',
    async () => {
      const { database: db, url } = await makeDatabase()
      const filled = new Map<string, number>()
      const onTable = (table: string, count: number) => filled.set(table, count)
      const { copies, journalLines } = await fillRepeatedLedger(url, { source, journalLines: 2_000, onTable })
      expect(copies).toBeGreaterThan(1)
      expect(journalLines).toBe(await db.read.journalLine.count())
      expect([...filled].filter(([, count]) => count === 0).map(([table]) => table)).toEqual(unwritten)
      const deps = { db, clock: { now: () => endedAt } }
      expect(await verifyLedger(deps, quietly)).toEqual([])
      expect(await verifyTree(deps, quietly)).toEqual([])
      const { id, userId } = await db.read.wallet.findFirstOrThrow({ orderBy: { id: 'desc' } })
      await db.transaction((tx) => tx.wallet.update({ where: { id }, data: { emiReserve: { increment: 1n } } }))
      const found = await verifyLedger(deps, quietly)
      expect(found.map(({ check, subject }) => `${check}: ${subject}`)).toEqual([
        `wallet.emi_reserve: wallet ${id} of member ${userId}`,
      ])
    },
    limitMs,
  )
})
