import { settings } from '@ev/db'
import { type Company, changeCompany } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import { companyKey, toCompany } from './company.ts'

/**
 * Changes facts of the company; what is left out stays. Refuses with `validation.failed` by the rules for its numbers. The audit line names what
 * was changed, and not to what: some of it are identity numbers.
 */
export function changeCompanySettings(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actorId, change }: { actorId: number; change: Partial<Company> },
): Promise<Company> {
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now()
    const stored = await settings.lock(tx, companyKey, { initial: {}, now })
    const company = changeCompany(toCompany(stored.value), change)
    await settings.save(tx, companyKey, {
      value: { ...company, addressLines: [...company.addressLines] },
      updatedById: actorId,
      now,
    })
    await recordAudit(tx, deps, {
      actorId,
      action: 'settings.changed',
      subject: { type: 'setting', id: companyKey },
      details: { fields: Object.keys(change).sort().join(', ') },
    })
    return company
  })
}
