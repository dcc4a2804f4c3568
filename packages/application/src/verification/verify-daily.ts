import { onceInside, type Reader, settings, sha256Hex } from '@ev/db'
import { istDate } from '@ev/domain'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import type { Difference } from './findings.ts'
import type { VerifyOptions } from './verification.ts'
import { verifyLedger } from './verify-ledger.ts'
import { verifyTree } from './verify-tree.ts'

const hourMs = 3_600_000
const weekMs = 7 * 24 * hourMs
const shownAtMost = 20
const lastVerificationKey = 'last_verification'

const storedVerification = z.object({
  finishedAt: z.iso.datetime().transform((text) => new Date(text)),
  durationMs: z.number(),
  count: z.number(),
  differences: z.array(z.object({ check: z.string(), subject: z.string(), expected: z.string(), actual: z.string() })),
})

/** The last verification that was recorded: `count` differences in all, the first of them in full. */
export type LastVerification = z.output<typeof storedVerification>

/** What the last recorded verification found; null before the first one. */
export async function lastVerification(reader: Reader): Promise<LastVerification | null> {
  const row = await settings.find(reader, lastVerificationKey)
  return row && storedVerification.parse(row.value)
}

/** Verifies ledger and tree, and keeps what it found where every process can tell it. Answers all differences, and how long it took. */
export async function verifyAndRecord(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  options: VerifyOptions,
): Promise<{ differences: Difference[]; durationMs: number }> {
  const startedAt = performance.now()
  const deps = { db, clock }
  const differences: Difference[] = [...(await verifyLedger(deps, options)), ...(await verifyTree(deps, options))]
  const durationMs = Math.round(performance.now() - startedAt)
  const now = clock.now()
  const value = { finishedAt: now.toISOString(), durationMs, ...shownOf(differences) }
  await db.transaction(async (tx) => {
    await settings.lock(tx, lastVerificationKey, { initial: value, now })
    await settings.save(tx, lastVerificationKey, { value, updatedById: null, now })
  })
  return { differences, durationMs }
}

/**
 * Verifies ledger and tree once a day in India's time: at half past three at night, or at the first call after it. What it found is recorded,
 * and is an error in the log. Answers how many differences; null when it was done today.
 */
export async function verifyDaily(deps: Pick<Deps, 'db' | 'clock' | 'log'>): Promise<number | null> {
  const { db, clock, log } = deps
  const now = clock.now()
  const hash = sha256Hex(istDate(new Date(now.getTime() - 3 * hourMs)))
  const key = { scope: 'schedule:verify-ledger', keyHash: hash, fingerprint: hash, now, keepForMs: weekMs }
  if (!(await db.transaction((tx) => onceInside(tx, key)))) return null
  const { differences, durationMs } = await verifyAndRecord(deps, { progress: () => {}, settledAfterMs: hourMs })
  if (differences.length > 0) log.error(shownOf(differences), 'the ledger or the tree has differences')
  else log.info({ durationMs }, 'ledger and tree have no differences')
  return differences.length
}

const shownOf = (differences: readonly Difference[]) => ({
  count: differences.length,
  differences: differences.slice(0, shownAtMost),
})
