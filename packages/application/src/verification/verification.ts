import { type Reader, takeOver } from '@ev/db'
import type { Deps } from '../deps.ts'
import type { CheckName } from './checks.ts'
import { type Difference, type Findings, findings, type Progress } from './findings.ts'
import { type PlanBook, planBook } from './plan-book.ts'

/** What the verifier of one subject is given. */
export type Verification = {
  readonly reader: Reader
  readonly found: Findings
  readonly plans: PlanBook
  /** What came from the replaced platform was decided there, by other rules. */
  readonly before: takeOver.TakenOver
  readonly now: Date
  /** What messages should have brought about since is not missed yet. */
  readonly settledBefore: Date
  /** Told how many rows of a kind were looked at. */
  readonly count: (what: string, rows: number) => void
}

/** How a verifier is run. */
export type VerifyOptions = {
  readonly progress: Progress
  /** What messages bring about: what is missing of it counts once it should have happened longer ago than this. */
  readonly settledAfterMs: number
  /** Told how many rows of a kind were looked at. */
  readonly count?: (what: string, rows: number) => void
  /** Looks at these checks only; at all of them when none are named. */
  readonly only?: readonly CheckName[] | undefined
}

/** Longer than a verification of many million lines takes. */
const timeoutMs = 3_600_000

/**
 * Runs a verifier on one state of the database and answers what it found. The clock is read before that state is taken, so that nothing is missed
 * in it before its time.
 */
export function verifying(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { settledAfterMs, count = () => {}, only }: VerifyOptions,
  verify: (verification: Verification) => Promise<void>,
): Promise<Difference[]> {
  const now = clock.now()
  const settledBefore = new Date(now.getTime() - settledAfterMs)
  return db.snapshot(
    async (reader) => {
      const found = findings(only)
      const before = await takeOver.takenOver(reader)
      await verify({ reader, found, plans: await planBook(reader), before, now, settledBefore, count })
      return found.differences
    },
    { timeoutMs },
  )
}
