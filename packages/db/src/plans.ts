import { type CompensationPlan, DomainError } from '@ev/domain'
import type { Reader, Tx } from './client.ts'
import { decode, encode } from './codec.ts'
import type { Plan } from './generated/sqlite/client.ts'

/** The plan in effect at an instant. The numbers are stored as one record a version and never changed. */
export async function current(reader: Reader | Tx, now: Date): Promise<CompensationPlan> {
  const row = await reader.plan.findFirst({
    where: { effectiveFrom: { lte: now } },
    orderBy: [{ effectiveFrom: 'desc' }, { version: 'desc' }],
  })
  if (!row) throw new DomainError('plan.not_found')
  return toPlan(row)
}

/** One version of the plan: what an earlier decision was made with. */
export async function version(reader: Reader | Tx, number: number): Promise<CompensationPlan> {
  const row = await reader.plan.findUnique({ where: { version: number } })
  if (!row) throw new DomainError('plan.not_found', { version: number })
  return toPlan(row)
}

/** Settings are kept as one text that holds every bigint exactly. */
function toPlan({ version, settings }: Plan): CompensationPlan {
  if (typeof settings !== 'string') throw new Error(`Plan ${version} cannot be read.`)
  return { ...(decode(settings) as CompensationPlan), version }
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
