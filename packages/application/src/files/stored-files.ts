import { afterCommit, type Tx } from '@ev/db'
import type { FileType } from '@ev/runtime'
import type { Deps } from '../deps.ts'

export type FileToStore = { readonly key: string; readonly content: Buffer; readonly contentType: FileType }

type Storing = Pick<Deps, 'files' | 'log'>

/** Stores files and then does `work`, usually the transaction that refers to them. When either fails none of the files is left behind. */
export async function withStoredFiles<T>(
  deps: Storing,
  files: readonly FileToStore[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    for (const file of files) await deps.files.put(file)
    return await work()
  } catch (error) {
    await deleteFiles(
      deps,
      files.map(({ key }) => key),
    )
    throw error
  }
}

/** Deletes files that nothing refers to any more once `tx` has committed, and never if it does not. */
export function deleteFilesAfterCommit(tx: Tx, deps: Storing, keys: readonly (string | null)[]): void {
  const present = keys.filter((key) => key !== null)
  if (present.length > 0) afterCommit(tx, () => void deleteFiles(deps, present))
}

/** A file that cannot be deleted now costs space and nothing else: the log tells which. */
async function deleteFiles({ files, log }: Storing, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    try {
      await files.delete(key)
    } catch (error) {
      log.warn({ err: error, key }, 'A file that nothing refers to could not be deleted')
    }
  }
}
