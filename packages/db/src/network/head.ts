import { headTable } from '../direct/tables.ts'
import { updateRow } from '../direct/write-row.ts'
import type { NetworkHead } from '../generated/sqlite/client.ts'
import { insertMissing } from '../insert-missing.ts'
import { lockRows } from '../locks.ts'
import { directOf, type Reader, type Tx } from '../tx.ts'

export type HeadRow = NetworkHead

/**
 * Locks the one row that stands for the whole tree. Whoever writes placements or pairs holds it, so there is a single writer at a
 * time even when two workers believe to be it; `version` tells each of them whether its index is still the newest.
 */
export async function lockHead(tx: Tx, { month, now }: { month: string; now: Date }): Promise<HeadRow> {
  const head = await lockedHead(tx)
  if (head) return head
  // Two writers may both find the tree empty: the second waits here for the first one's row and then locks that.
  const row = { id: 1, version: 0, last_seq: 0, month, updated_at: now }
  await insertMissing(tx, 'network_head', [row], { key: ['id'] })
  return (await lockedHead(tx))!
}

async function lockedHead(tx: Tx): Promise<HeadRow | null> {
  await lockRows(tx, 'network_head', [1])
  return findHead(tx)
}

export type HeadFigures = Pick<HeadRow, 'version' | 'lastSeq' | 'month' | 'legsBehind' | 'matchingBehind'>

export async function saveHead(tx: Tx, { now, ...figures }: HeadFigures & { now: Date }): Promise<void> {
  await updateRow(tx, 'network_head', 1, { ...figures, updatedAt: now })
}

/** The head without a lock; null before the first placement. */
export async function findHead(reader: Reader | Tx): Promise<HeadRow | null> {
  const [row] = await directOf(reader).rows(`SELECT ${headTable.columns('h')} FROM network_head h WHERE h.id = 1`, [])
  return row === undefined ? null : headTable.read(row)
}
