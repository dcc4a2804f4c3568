import { type CompensationPlan, DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import { decode, encode } from './codec.ts'
import { planTable } from './direct/tables.ts'
import type { Plan } from './generated/sqlite/client.ts'
import type { PageBounds } from './list-filters.ts'
import { lockRows } from './locks.ts'
import { directOf } from './tx.ts'

/** A version with when it comes into effect and who made it; null for the platform itself. */
export type PlanRecord = {
  readonly plan: CompensationPlan
  readonly effectiveFrom: Date
  readonly createdById: number | null
  readonly createdAt: Date
}

/**
 * The plan in effect at an instant: the one that began last, and of two that began together the later version. The numbers are stored as one
 * record a version and never changed.
 */
export async function current(reader: Reader | Tx, now: Date): Promise<CompensationPlan> {
  return (await currentRecord(reader, now)).plan
}

/** The same with its dates. */
export async function currentRecord(reader: Reader | Tx, now: Date): Promise<PlanRecord> {
  const [row] = await directOf(reader).rows(planAt, [now])
  if (row === undefined) throw new DomainError('plan.not_found')
  return toRecord(planTable.read(row))
}

const planAt = `SELECT ${planTable.columns('plans')} FROM plans WHERE effective_from <= ?
  ORDER BY effective_from DESC, version DESC LIMIT 1`

/** The same among all versions, oldest first, as `allRecords` gives them: for many instants at once. */
export function inEffect(versions: readonly PlanRecord[], now: Date): CompensationPlan {
  let last: PlanRecord | undefined
  for (const each of versions) {
    if (each.effectiveFrom > now) continue
    if (last === undefined || each.effectiveFrom >= last.effectiveFrom) last = each
  }
  if (last === undefined) throw new DomainError('plan.not_found')
  return last.plan
}

/** One version of the plan: what an earlier decision was made with. */
export async function version(reader: Reader | Tx, number: number): Promise<CompensationPlan> {
  return (await record(reader, number)).plan
}

/** The same with its dates, or the refusal `plan.not_found`. */
export async function record(reader: Reader | Tx, number: number): Promise<PlanRecord> {
  const row = await reader.plan.findUnique({ where: { version: number } })
  if (!row) throw new DomainError('plan.not_found', { version: number })
  return toRecord(row)
}

/** Every version, oldest first. There are few: each is made by hand. */
export async function all(reader: Reader): Promise<CompensationPlan[]> {
  return (await allRecords(reader)).map(({ plan }) => plan)
}

/** The same with their dates. */
export async function allRecords(reader: Reader | Tx): Promise<PlanRecord[]> {
  const rows = await directOf(reader).rows(`SELECT ${planTable.columns('plans')} FROM plans ORDER BY version`, [])
  return rows.map((row) => toRecord(planTable.read(row)))
}

/** One page of the versions, newest first, and how many there are. */
export async function list(reader: Reader, page: PageBounds): Promise<{ count: number; rows: PlanRecord[] }> {
  const [count, rows] = await Promise.all([
    reader.plan.count(),
    reader.plan.findMany({ orderBy: { version: 'desc' }, ...page }),
  ])
  return { count, rows: rows.map(toRecord) }
}

/** Waits for everyone else who is making a version, and answers the number of the next. */
export async function lockNextVersion(tx: Tx): Promise<number> {
  const first = await tx.plan.findFirst({ orderBy: { version: 'asc' }, select: { version: true } })
  if (first) await lockRows(tx, 'plans', [first.version])
  const last = await tx.plan.findFirst({ orderBy: { version: 'desc' }, select: { version: true } })
  return (last?.version ?? 0) + 1
}

function toRecord(row: Plan): PlanRecord {
  const { effectiveFrom, createdById, createdAt } = row
  return { plan: toPlan(row), effectiveFrom, createdById, createdAt }
}

/** The versions that were read last, by their number and text. Hardly more than one is in use at a time, and every payment reads it. */
const known = new Map<string, CompensationPlan>()
const mostKnown = 16

/** Settings are kept as one text that holds every bigint exactly. */
function toPlan({ version, settings }: Plan): CompensationPlan {
  if (typeof settings !== 'string') throw new Error(`Plan ${version} cannot be read.`)
  const key = `${version} ${settings}`
  const before = known.get(key)
  if (before !== undefined) return before
  if (known.size >= mostKnown) known.clear()
  const plan = { ...(decode(settings) as CompensationPlan), version }
  known.set(key, plan)
  return plan
}

export async function insert(
  tx: Tx,
  plan: CompensationPlan,
  { effectiveFrom, createdById, now }: { effectiveFrom: Date; createdById: number | null; now: Date },
): Promise<void> {
  await tx.plan.create({
    data: { version: plan.version, effectiveFrom, settings: encode(plan), createdById, createdAt: now },
  })
}

export async function isAny(reader: Reader | Tx): Promise<boolean> {
  return (await reader.plan.count()) > 0
}
