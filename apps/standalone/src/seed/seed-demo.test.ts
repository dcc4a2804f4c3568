import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseUrl, openPlatform, type Platform, prepareDatabase, verifyLedger } from '@ev/application'
import { bookings, type Database, users, vehicles } from '@ev/db'
import { createLogger, systemClock } from '@ev/runtime'
import { afterEach, expect, test } from 'vitest'
import { readEnvironment } from '../env.ts'
import { seedDemo } from './seed-demo.ts'

const logger = createLogger({ level: 'silent', pretty: false })
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function anEmptyPlatform(): Promise<Platform> {
  const folder = mkdtempSync(join(tmpdir(), 'ev-seed-'))
  closing.push(() => rmSync(folder, { recursive: true }))
  const config = readEnvironment({ DATA_DIR: folder })
  await prepareDatabase({ url: databaseUrl(config), logger, clock: systemClock })
  const platform = await openPlatform(config, { logger })
  closing.push(() => platform.close())
  return platform
}

class Interrupted extends Error {}

/** The platform of a process that is ended when it begins a transaction after so many. */
function endedAfter({ deps }: Platform, commits: number): Pick<Platform, 'deps'> {
  let left = commits
  const count = () => {
    left -= 1
    if (left < 0) throw new Interrupted()
  }
  const db: Database = {
    ...deps.db,
    transaction: (work) => {
      count()
      return deps.db.transaction(work)
    },
    once: (key, work) => {
      count()
      return deps.db.once(key, work)
    },
  }
  return { deps: { ...deps, db } }
}

/** What a reader of the story sees: everybody with sponsor and what they booked and paid, and the catalogue with its pictures. */
async function toldBy({ deps: { db } }: Platform) {
  const people = await db.read.user.findMany({ orderBy: { id: 'asc' } })
  const { rows: sales } = await bookings.list(db.read, { ownedBy: null }, { skip: 0, take: 50, direction: 'asc' })
  const page = { skip: 0, take: 50, orderBy: { field: 'name', direction: 'asc' } } as const
  const { rows: catalogue } = await vehicles.list(db.read, {}, page)
  const nameOf = (id: number | null) => people.find((person) => person.id === id)?.firstName ?? null
  return {
    people: people.map(({ email, firstName, city, role, referredById }) => [
      email,
      firstName,
      city,
      role,
      nameOf(referredById),
    ]),
    sales: sales.map(({ userId, vehicle, totalPaid, paymentOption }) => [
      nameOf(userId),
      vehicle.name,
      totalPaid,
      paymentOption,
    ]),
    papers: (await db.read.kyc.findMany()).map(({ userId, status }) => [nameOf(userId), status]),
    payouts: (await db.read.payout.findMany()).map(({ userId, status, requestedAmount }) => [
      nameOf(userId),
      status,
      requestedAmount,
    ]),
    wallets: (await db.read.wallet.findMany({ orderBy: { userId: 'asc' } })).map(({ userId, balance, held }) => [
      nameOf(userId),
      balance,
      held,
    ]),
    catalogue: catalogue.map(({ name, images }) => [name, images.length]),
  }
}

test('the story is the same whenever its writing was interrupted, and is written once', async () => {
  const whole = await anEmptyPlatform()
  expect(await seedDemo(whole)).toBe(true)
  expect(await seedDemo(whole)).toBe(false)
  const expected = await toldBy(whole)
  expect(expected.sales).toHaveLength(3)
  expect(expected.papers).toEqual([['Bela', 'pending']])
  expect(expected.payouts).toEqual([['Ravi', 'pending', 100_000n]])

  const platform = await anEmptyPlatform()
  let starts = 0
  // Each start gets three transactions further than what is there.
  for (let isWritten = false; !isWritten; starts += 1) {
    expect(starts).toBeLessThan(60)
    await seedDemo(endedAfter(platform, 3)).then(
      () => {
        isWritten = true
      },
      (error: unknown) => expect(error).toBeInstanceOf(Interrupted),
    )
  }
  expect(starts).toBeGreaterThan(5)
  expect(await toldBy(platform)).toEqual(expected)
  // Nobody has handled the messages of the story yet.
  const options = { progress: () => {}, settledAfterMs: 3_600_000 }
  expect(await verifyLedger(platform.deps, options)).toEqual([])
  expect(await users.findByIdentifier(platform.deps.db.read, { email: 'bela@example.com' })).not.toBeNull()
})
