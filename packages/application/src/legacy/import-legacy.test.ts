import { type Database, plans } from '@ev/db'
import { eachDatabase, isMysqlReachable, type LegacyDatabase, makeLegacyDatabase } from '@ev/db/testing'
import { defaultPlan, rupees } from '@ev/domain'
import { createEncryption, createKeyedHash, createMemoryFileStore, manualClock, systemIds } from '@ev/runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyLedger } from '../verification/verify-ledger.ts'
import { verifyTree } from '../verification/verify-tree.ts'
import { reportJson, reportText } from './discrepancies.ts'
import { type ImportReport, importLegacy } from './import-legacy.ts'
import type { Media } from './write/take-files.ts'

const start = new Date('2026-11-25T06:00:00.000Z')
const silent = () => {}

/** What the platform's database must be opened with for an import. */
async function anEmptyPlatform(db: Database) {
  const files = createMemoryFileStore()
  await db.transaction((tx) =>
    plans.insert(tx, defaultPlan, { effectiveFrom: new Date(0), createdById: null, now: start }),
  )
  return {
    db,
    files,
    clock: manualClock(start),
    ids: systemIds,
    hash: createKeyedHash('a test hash key of thirty-two bytes'),
    encryption: createEncryption([{ id: 'k1', secret: 'a test encryption key of 32 bytes' }]),
  }
}

type EmptyPlatform = Awaited<ReturnType<typeof anEmptyPlatform>>

/** One pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const present = ['kyc/pan.png', 'vehicles/one.png', 'documents/deed.pdf']
const media: Media = async (path) => (present.includes(path) ? { content: picture, contentType: 'image/png' } : null)

describe.skipIf(!isMysqlReachable())('taking over the replaced platform', () => {
  let legacy: LegacyDatabase
  beforeAll(async () => {
    legacy = await makeLegacyDatabase({ story: true })
  })
  afterAll(() => legacy.remove())

  const run = (platform: EmptyPlatform, { isDryRun = false } = {}): Promise<ImportReport> =>
    importLegacy(platform, { from: legacy.url, isDryRun, media, progress: silent })

  eachDatabase((_name, makeDatabase) => {
    let platform: EmptyPlatform
    let dry: ImportReport
    beforeAll(async () => {
      platform = await anEmptyPlatform((await makeDatabase()).database)
    })

    test('a dry run names every fault of the old data, with ids and amounts, and writes nothing', async () => {
      dry = await run(platform, { isDryRun: true })
      const text = reportText(dry.discrepancies)
      await expect(text).toMatchFileSnapshot('story-report.txt')
      for (const secret of ['ABCXE1236F', '345234523451', '123456789012']) {
        expect(text).not.toContain(secret)
        expect(reportJson(dry)).not.toContain(secret)
      }
      expect(JSON.parse(reportJson(dry)).discrepancies).toHaveLength(dry.discrepancies.length)
      expect(await platform.db.read.user.count()).toBe(0)
      expect(await platform.db.read.setting.count()).toBe(0)
    })

    test('killed anywhere and run again it goes on, and every rupee is explained in the end', async () => {
      for (const commits of [1, 4, 9]) {
        await expect(run({ ...platform, db: killedAfter(platform.db, commits) })).rejects.toThrow('killed')
      }
      const { rows } = await run(platform)
      expect(rows).toEqual(dry.rows)
      expect(await verifyLedger(platform, { progress: silent, settledAfterMs: 0 })).toEqual([])
      expect(await verifyTree(platform, { progress: silent, settledAfterMs: 0 })).toEqual([])
      expect(await platform.db.read.user.count()).toBe(rows['users'])
      expect(await platform.db.read.legacyRow.count()).toBe(rows['legacyRows'])
      await expect(run(platform)).rejects.toThrow('already')
    })

    test('wallets, bookings and the tree stand as they stood, with what was missing put right', async () => {
      const { read } = platform.db
      const wallets = await read.wallet.findMany({ where: { id: { in: [11, 12, 13] } }, orderBy: { id: 'asc' } })
      expect(
        wallets.map(({ balance, held, emiReserve, recoverable }) => [balance, held, emiReserve, recoverable]),
      ).toEqual([
        [rupees(330), 0n, rupees(100), 0n],
        // 500 are on their way and 150 requested; a pair that waited for its credit has been credited.
        [rupees(1_200), rupees(650), 0n, 0n],
        [0n, 0n, 0n, rupees(50)],
      ])
      const bookings = await read.booking.findMany({ orderBy: { id: 'asc' } })
      expect(bookings.map(({ status, totalPaid, emiPaidCount }) => [status, totalPaid, emiPaidCount])).toEqual([
        ['active', rupees(6_000), 0],
        ['pending', rupees(1_500), 0],
        ['completed', rupees(1_000), 0],
        ['cancelled', 0n, 0],
        ['active', rupees(500), 0],
        ['pending', 0n, 0],
      ])
      const placements = await read.placement.findMany({ orderBy: { seq: 'asc' } })
      expect(placements.map(({ userId, parentSeq, side }) => [userId, parentSeq, side])).toEqual([
        [1, null, null],
        [2, 1, 'left'],
        [3, 1, 'right'],
        [8, 2, 'left'],
        [4, 2, 'right'],
        [9, null, null],
      ])
      const pairs = await read.pair.findMany({ orderBy: { id: 'asc' } })
      expect(pairs.map(({ id, userId, pairNumber, status }) => [id, userId, pairNumber, status])).toEqual([
        [1, 1, 1, 'processed'],
        [5, 2, 1, 'processed'],
      ])
    })

    test('papers are sealed and files made anew', async () => {
      const kyc = await platform.db.read.kyc.findUniqueOrThrow({ where: { userId: 1 } })
      expect(platform.encryption.decrypt({ ciphertext: kyc.panEncrypted!, context: 'kyc:1:pan' })).toBe('ABCPE1234F')
      expect((await platform.files.get(kyc.panDocument!))?.contentType).toBe('image/png')
      const image = await platform.db.read.vehicleImage.findFirstOrThrow()
      expect((await platform.files.get(image.fileKey))?.contentType).toBe('image/webp')
      expect(await platform.db.read.kyc.count({ where: { status: 'rejected' } })).toBe(2)
    })
  })
})

/** The database of a process that dies after so many commits. */
function killedAfter(db: Database, commits: number): Database {
  let left = commits
  return {
    ...db,
    transaction: (work, options) => {
      left -= 1
      return left < 0 ? Promise.reject(new Error('killed')) : db.transaction(work, options)
    },
  }
}
