import { fileKeys } from '@ev/db'
import type { Deps } from '../deps.ts'

const dayMs = 86_400_000
const batchSize = 500
/** More than a store is expected to hold; what is behind it waits for the next run, after those before it are gone. */
const filesAtMost = 2_000_000
const deletedAtMost = 1_000
/** Fewer orphans than this say nothing about whose store it is. */
const fewOrphans = 100

type Sweep = { readonly looked: number; readonly deleted: number }

/**
 * Deletes files that no row names and that are older than a day: what a crash between storing a file and its transaction left behind. Younger ones may be
 * waiting for theirs. At most a thousand a run. When more than half of the files have no row, the store is more likely another installation's, or the
 * database an older one: then nothing is deleted and the log says so.
 */
export async function sweepFiles({
  db,
  clock,
  files,
  log,
}: Pick<Deps, 'db' | 'clock' | 'files' | 'log'>): Promise<Sweep> {
  const storedBefore = clock.now().getTime() - dayMs
  const orphans: string[] = []
  let looked = 0
  let orphaned = 0
  let batch: string[] = []
  const judge = async () => {
    const named = await fileKeys.namedByRows(db.read, batch)
    const unnamed = batch.filter((key) => !named.has(key))
    orphaned += unnamed.length
    orphans.push(...unnamed.slice(0, deletedAtMost - orphans.length))
    batch = []
  }
  for await (const { key, storedAt } of files.list()) {
    looked += 1
    if (storedAt.getTime() < storedBefore) batch.push(key)
    if (batch.length === batchSize) await judge()
    if (looked === filesAtMost) break
  }
  if (batch.length > 0) await judge()
  if (orphaned > fewOrphans && orphaned * 2 > looked) {
    log.error({ looked, orphaned }, 'Most of the stored files are named by no row; nothing is deleted')
    return { looked, deleted: 0 }
  }
  for (const key of orphans) await files.delete(key)
  if (orphans.length > 0) log.info({ looked, deleted: orphans.length }, 'Files that no row names were deleted')
  return { looked, deleted: orphans.length }
}
