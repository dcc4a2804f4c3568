import { plans, type Reader } from '@ev/db'
import type { CompensationPlan } from '@ev/domain'

/** Every version of the plan, read once: there are few, and each decision about money names the one it used. */
export type PlanBook = {
  version(number: number): CompensationPlan
  /** The plan in effect at an instant. */
  current(at: Date): CompensationPlan
  /** The plans that were in effect at some time between two instants. */
  during(period: { from: Date; to: Date }): readonly CompensationPlan[]
  readonly all: readonly CompensationPlan[]
}

export async function planBook(reader: Reader): Promise<PlanBook> {
  const records = await plans.allRecords(reader)
  const versions = new Map(records.map(({ plan }) => [plan.version, plan]))
  const byStart = [...records].sort((a, b) => a.effectiveFrom.getTime() - b.effectiveFrom.getTime())
  const current = (at: Date) => {
    const record = byStart.findLast(({ effectiveFrom }) => effectiveFrom <= at)
    if (!record) throw new Error(`No plan was in effect at ${at.toISOString()}.`)
    return record.plan
  }
  return {
    all: records.map(({ plan }) => plan),
    current,
    version(number) {
      const plan = versions.get(number)
      if (!plan) throw new Error(`There is no plan of version ${number}.`)
      return plan
    },
    during({ from, to }) {
      const before = byStart.filter(({ effectiveFrom }) => effectiveFrom <= from).slice(-1)
      const begun = byStart.filter(({ effectiveFrom }) => effectiveFrom > from && effectiveFrom <= to)
      return [...before, ...begun].map(({ plan }) => plan)
    },
  }
}
