import { audit, type Tx } from '@ev/db'
import { currentTrace } from '@ev/runtime'
import type { Deps } from '../deps.ts'

/** What was done. `actorId` is null for the platform itself; `details` hold plain values, and never a secret. */
export type AuditEntry = Pick<audit.NewAuditLine, 'actorId' | 'action' | 'subject' | 'details'>

/**
 * Writes a line into the audit log, in the transaction of what it tells of: last, because it takes the lock that all of them take.
 * The client's address and the request's id come from the trace.
 */
export function recordAudit(tx: Tx, { clock }: Pick<Deps, 'clock'>, entry: AuditEntry): Promise<void> {
  const { requestId, ipAddress } = currentTrace()
  return audit.append(tx, { ...entry, ipAddress, requestId, createdAt: clock.now() })
}
