import { audit } from '@ev/db'
import type { Deps } from '../deps.ts'

export type AuditCheck = {
  readonly checked: number
  /** The lines that were changed, or do not follow the one before. */
  readonly brokenIds: readonly number[]
  /** True when this was the last part and it ends at the line that the log says is its newest: nothing was taken off its end. */
  readonly reachesEnd: boolean
  /** Where the next part begins; null when there is none. */
  readonly nextAfter: number | null
}

/** Follows a part of the audit log's chain: the `limit` lines after the line `after` (0 for the first). */
export async function checkAuditLines(
  { db }: Pick<Deps, 'db'>,
  { after, limit }: { after: number; limit: number },
): Promise<AuditCheck> {
  // Read first: lines that are written meanwhile come after this one.
  const head = await audit.headHash(db.read)
  let previousHash = await audit.hashAt(db.read, after)
  const rows = await audit.listAfter(db.read, { after, take: limit })
  let isHeadMet = previousHash === head
  const brokenIds: number[] = []
  for (const row of rows) {
    if (row.previousHash !== previousHash || !audit.isIntact(row)) brokenIds.push(row.id)
    previousHash = row.hash
    isHeadMet ||= row.hash === head
  }
  const hasMore = rows.length === limit
  return {
    checked: rows.length,
    brokenIds,
    reachesEnd: !hasMore && isHeadMet,
    nextAfter: hasMore ? (rows.at(-1)?.id ?? null) : null,
  }
}
