import { payouts } from '@ev/db'
import { type DeducteeRow, DomainError, deducteeRow, type Quarter, quarterPeriod } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { readApprovedPans } from './read-pan.ts'

/** One payout of the quarter as the statement tells of it. */
export type StatementRow = DeducteeRow & { readonly payoutId: number; readonly name: string }

/**
 * The deductees' rows of a quarter's statement: one for each payout completed in it, in order of completion. It shows identity numbers in clear, so it
 * stands in the audit log. Refuses with `document.too_long` more than `limit` rows.
 */
export function exportTds(
  deps: Pick<Deps, 'db' | 'clock' | 'encryption'>,
  command: { actor: Actor; financialYear: string; quarter: Quarter; limit: number },
): Promise<StatementRow[]> {
  const { actor, financialYear, quarter, limit } = command
  return deps.db.transaction(async (tx) => {
    const period = quarterPeriod(financialYear, quarter)
    const count = await payouts.countCompleted(tx, period)
    if (count > limit) throw new DomainError('document.too_long', { count, limit })
    const rows = await payouts.completedWithMembers(tx, period)
    const pans = await readApprovedPans(tx, deps, [...new Set(rows.map(({ userId }) => userId))])
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'tds.exported',
      subject: { type: 'tds_statement', id: `${financialYear} ${quarter}` },
      details: { rows: rows.length },
    })
    return rows.map(({ id, userId, user, requestedAmount, tdsAmount, completedAt, accountHolderName }) => ({
      payoutId: id,
      name: `${user.firstName} ${user.lastName}`.trim() || accountHolderName,
      ...deducteeRow({
        requested: requestedAmount,
        tds: tdsAmount,
        completedAt: completedAt!,
        financialYear,
        pan: pans.get(userId) ?? null,
      }),
    }))
  })
}
