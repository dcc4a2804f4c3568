import { isDomainError } from '@ev/domain'
import { cleanDocument, type FileType, newFileKey } from '@ev/runtime'
import type { Deps } from '../deps.ts'

/** A file as it was sent; its type was read from its content. */
export type SentFile = { readonly content: Buffer; readonly contentType: FileType }

export type KeptFile = { readonly key: string; readonly contentType: FileType; readonly sizeBytes: number }

type KeptFiles<Sent> = { readonly [Name in keyof Sent]: Sent[Name] extends SentFile ? KeptFile : KeptFile | null }

/**
 * Cleans and stores the files that were sent, under new keys in `folder`, and then does `work` with what was kept by field. When `work` refuses,
 * the files go again; after a fault they stay, because nobody knows then whether a row refers to them. Refuses with `validation.failed` naming
 * a file that cannot be kept, before anything is stored.
 */
export async function withKeptFiles<Sent extends Readonly<Record<string, SentFile | null>>, T>(
  deps: Pick<Deps, 'files' | 'ids' | 'log'>,
  { folder, sent }: { folder: string; sent: Sent },
  work: (kept: KeptFiles<Sent>) => Promise<T>,
): Promise<T> {
  const clean: [string, SentFile | null][] = []
  for (const [field, file] of Object.entries(sent)) clean.push([field, file && (await cleanDocument(file, { field }))])
  const kept: [string, KeptFile | null][] = []
  for (const [field, file] of clean) kept.push([field, file && (await keep(deps, folder, file))])
  try {
    // One entry was made for each field, and a file for each that has one.
    return await work(Object.fromEntries(kept) as KeptFiles<Sent>)
  } catch (error) {
    if (isDomainError(error)) {
      await forgetFiles(
        deps,
        kept.map(([, file]) => file?.key),
      )
    }
    throw error
  }
}

async function keep(
  { files, ids }: Pick<Deps, 'files' | 'ids'>,
  folder: string,
  { content, contentType }: SentFile,
): Promise<KeptFile> {
  const key = newFileKey({ folder, contentType, ids })
  await files.put({ key, content, contentType })
  return { key, contentType, sizeBytes: content.length }
}

/** Deletes files that nothing refers to any more. One that cannot be deleted now stays, and the log says so. */
export async function forgetFiles(
  { files, log }: Pick<Deps, 'files' | 'log'>,
  keys: readonly (string | null | undefined)[],
): Promise<void> {
  for (const key of keys) {
    if (key == null) continue
    try {
      await files.delete(key)
    } catch (error) {
      log.error({ err: error, key }, 'a file that nothing refers to could not be deleted')
    }
  }
}
