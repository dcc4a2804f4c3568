import { insertMissing } from './insert-missing.ts'
import { lockRows } from './locks.ts'
import type { Tx } from './tx.ts'

const never = new Date(0)

/**
 * Takes or renews the lease `name` for `holder` until `now + ttlMs`. Null while another holder's lease runs. The fencing
 * token grows each time the lease passes on, also to the same holder after it ran out, so that work of an earlier holder
 * can be told from that of a later one.
 */
export async function acquireLease(
  tx: Tx,
  { name, holder, now, ttlMs }: { name: string; holder: string; now: Date; ttlMs: number },
): Promise<{ fencingToken: number } | null> {
  await insertMissing(tx, 'leases', [{ name, holder: '', fencing_token: 0, expires_at: never }], { key: ['name'] })
  await lockRows(tx, 'leases', [name])
  const lease = await tx.lease.findUniqueOrThrow({ where: { name } })
  const isRunning = lease.expiresAt > now
  if (isRunning && lease.holder !== holder) return null
  const fencingToken = isRunning ? lease.fencingToken : lease.fencingToken + 1
  await tx.lease.updateMany({
    where: { name },
    data: { holder, fencingToken, expiresAt: new Date(now.getTime() + ttlMs) },
  })
  return { fencingToken }
}

/** Gives the lease back before its end. Does nothing when `holder` no longer has it. */
export async function releaseLease(tx: Tx, { name, holder }: { name: string; holder: string }): Promise<void> {
  await lockRows(tx, 'leases', [name])
  await tx.lease.updateMany({ where: { name, holder }, data: { expiresAt: never } })
}
