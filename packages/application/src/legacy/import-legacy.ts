import { plans, sha256Hex } from '@ev/db'
import { recordAudit } from '../audit/record-audit.ts'
import type { Progress } from '../verification/findings.ts'
import { type Discrepancies, type Discrepancy, discrepancies } from './discrepancies.ts'
import { planTakeOver, type TakeOverPlan } from './plan-take-over.ts'
import { type Legacy, readLegacy } from './read-legacy.ts'
import { advance, begin, findState, finish, TakeOverRefused } from './write/progress-row.ts'
import { type Step, stepsOf, type TakeOverDeps } from './write/steps.ts'
import type { Media } from './write/take-files.ts'

export type ImportLegacy = {
  /** `mysql://user:password@host/database` of the replaced platform. It is only read. */
  readonly from: string
  readonly isDryRun: boolean
  readonly media: Media
  readonly progress: Progress
}

export type ImportReport = {
  readonly discrepancies: readonly Discrepancy[]
  /** What is, or with a dry run would be, written, by kind of row. */
  readonly rows: Readonly<Record<string, number>>
}

const rowsABatch = 500

/**
 * Takes over the data of the replaced platform. First all of it is read and decided, which is the same with and without a dry run; then it is
 * written in batches, each in one transaction with how far the import has come. Interrupted, it goes on where it was when it is run again.
 * Refuses (`TakeOverRefused`) in a database that has members, that an import was finished in, or when the old data changed since it began.
 */
export async function importLegacy(
  deps: TakeOverDeps,
  { from, isDryRun, media, progress }: ImportLegacy,
): Promise<ImportReport> {
  const found = discrepancies()
  const legacy = await readLegacy(from, { found, progress })
  const fingerprint = fingerprintOf(legacy)
  const begun = isDryRun ? null : await findState(deps.db)
  if (begun?.finishedAt) throw new TakeOverRefused('The replaced platform was imported into this database already.')
  if (begun && begun.fingerprint !== fingerprint)
    throw new TakeOverRefused(
      'The replaced platform changed since this import began: begin again in an empty database.',
    )
  const now = begun ? new Date(begun.startedAt) : deps.clock.now()
  progress('deciding')
  const plan = planTakeOver(legacy, { found, plan: await plans.current(deps.db.read, now), now })
  const steps = stepsOf(deps, { plan, media, found, now })
  const rows = Object.fromEntries(steps.map(({ name, count }) => [name, count]))
  if (isDryRun) {
    await reportFiles(plan, { media, found })
    return { discrepancies: found.found, rows }
  }
  if (!begun) {
    const { takenOver } = plan
    await begin(deps.db, { fingerprint, startedAt: now.toISOString(), done: {}, takenOver, finishedAt: null })
  }
  for (const step of steps) await runStep(deps, step, { done: begun?.done[step.name] ?? 0, progress, now })
  await deps.db.transaction(async (tx) => {
    await finish(tx, deps.clock.now())
    await recordAudit(tx, deps, {
      actorId: null,
      action: 'legacy.imported',
      subject: { type: 'legacy', id: fingerprint.slice(0, 16) },
      details: { members: plan.members.length, discrepancies: found.found.length },
    })
  })
  return { discrepancies: found.found, rows }
}

async function runStep(
  { db }: TakeOverDeps,
  { name, count, prepare }: Step,
  { done, progress, now }: { done: number; progress: Progress; now: Date },
): Promise<void> {
  for (let from = done; from < count; from += rowsABatch) {
    const to = Math.min(from + rowsABatch, count)
    progress(`${name} ${to} of ${count}`)
    const write = await prepare(from, to)
    await advance(db, { step: name, from, to, now }, write)
  }
}

/** Which files are missing, without storing any. */
async function reportFiles(
  plan: TakeOverPlan,
  { media, found }: { media: Media; found: Discrepancies },
): Promise<void> {
  const paths = [
    ...plan.images.map(({ path }) => path),
    ...plan.kyc.flatMap(({ files }) => Object.values(files)),
    ...plan.nominees.map(({ file }) => file),
    ...plan.documents.map(({ path }) => path),
  ]
  for (const path of paths) if (path !== null && (await media(path)) === null) found.add('file.missing', path)
}

/** Counts and last ids: enough to notice that the replaced platform was still in use. */
function fingerprintOf(legacy: Legacy): string {
  return sha256Hex(
    JSON.stringify(Object.entries(legacy).map(([table, rows]) => [table, rows.length, rows.at(-1)?.['id']])),
  )
}
