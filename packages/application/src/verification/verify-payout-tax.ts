import type { payoutFigures } from '@ev/db'
import { computeTds, financialYear, istDate, type Paise } from '@ev/domain'
import type { Verification } from './verification.ts'

type PayoutRow = Awaited<ReturnType<ReturnType<typeof payoutFigures.readPayouts>>>[number]

/** A payout between the entry that held it and the one that ended it; null while it is open. */
type Told = { readonly row: PayoutFacts; readonly heldBy: number | null; readonly closedBy: number | null }

type PayoutFacts = Pick<
  PayoutRow,
  'id' | 'userId' | 'requestedAmount' | 'tdsAmount' | 'planVersion' | 'createdAt' | 'completedAt' | 'mayHaveHadPan'
>

/**
 * Computes the tax of every payout again under the plan stored with it. A policy that looks at the year needs what else the member had been
 * paid, or was being paid, when the payout was asked for: that is told by the order of the journal.
 */
export function payoutTax({ found, plans, before }: Verification) {
  const looksAtTheYear = plans.all.some(({ tdsPolicy }) => tdsPolicy === 'section_194h')
  const byMember = new Map<number, Told[]>()
  const verify = (told: Told, others: readonly Told[]) => {
    if (told.row.id <= before.lastPayoutId) return
    const allowed = [...new Set(possibleTax(told, { others, plan: plans.version(told.row.planVersion) }))]
    const { id, tdsAmount } = told.row
    if (allowed.includes(tdsAmount)) return
    found.expectEqual('payout.tds', `payout ${id}`, { expected: allowed.join(' or '), actual: String(tdsAmount) })
  }
  return {
    add(told: Told): void {
      const { userId, planVersion } = told.row
      if (!looksAtTheYear) {
        if (plans.version(planVersion)) verify(told, [])
        return
      }
      const own = byMember.get(userId)
      if (own) own.push(alone(told))
      else byMember.set(userId, [alone(told)])
    },
    verify(): void {
      for (const own of byMember.values()) for (const told of own) verify(told, own)
    },
  }
}

/** All payouts are kept until the last one is known: without what else was read of them. */
function alone({ row, heldBy, closedBy }: Told): Told {
  const { id, userId, requestedAmount, tdsAmount, planVersion, createdAt, completedAt, mayHaveHadPan } = row
  const facts = { id, userId, requestedAmount, tdsAmount, planVersion, createdAt, completedAt, mayHaveHadPan }
  return { row: facts, heldBy, closedBy }
}

/** Whether the PAN had been approved when the payout was asked for is not kept: with papers that hold one, or papers that were erased, both are possible. */
function possibleTax(
  told: Told,
  { others, plan }: { others: readonly Told[]; plan: Parameters<typeof computeTds>[1] },
): Paise[] {
  const { requestedAmount: requested, createdAt, mayHaveHadPan } = told.row
  const year = yearBefore(told, others)
  const standings = mayHaveHadPan ? [true, false] : [false]
  return standings.map((hasPan) => computeTds({ ...year, hasPan, requested, date: istDate(createdAt) }, plan))
}

/** What counted for the year's threshold when a payout was held: paid in its financial year before, or still on its way. */
function yearBefore(told: Told, others: readonly Told[]): { paidThisYear: Paise; tdsThisYear: Paise } {
  const sums = { paidThisYear: 0n, tdsThisYear: 0n }
  const held = told.heldBy
  if (held === null) return sums
  const year = financialYear(told.row.createdAt)
  for (const { row, heldBy, closedBy } of others) {
    // One that was never held here was paid by the replaced platform.
    if (heldBy !== null && heldBy >= held) continue
    const isOpen = heldBy !== null && (closedBy === null || closedBy > held)
    const isOfTheYear = row.completedAt !== null && financialYear(row.completedAt) === year
    if (!isOpen && !isOfTheYear) continue
    sums.paidThisYear += row.requestedAmount
    sums.tdsThisYear += row.tdsAmount
  }
  return sums
}
