/** The kinds of files that are kept, each with the ending of its name. */
const endings = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
} as const

export type FileType = keyof typeof endings

export type StoredFile = { readonly content: Buffer; readonly contentType: FileType }

export type ListedFile = { readonly key: string; readonly storedAt: Date }

/**
 * Where uploaded files are kept. Keys come from `newFileKey` and are never used again for other content. Nothing here is public: whoever
 * reads a file for somebody has checked that they may see it. Files are written before the transaction that refers to them and deleted
 * after the one that lets go of them, because a store has no part in a transaction.
 */
export type FileStore = {
  /** Stores a file whole or not at all; an earlier one under the same key is replaced. */
  put(file: { readonly key: string; readonly content: Uint8Array; readonly contentType: FileType }): Promise<void>
  /** The file, or null when there is none under this key. */
  get(key: string): Promise<StoredFile | null>
  /** Deletes the file; one that is not there is deleted already. */
  delete(key: string): Promise<void>
  /** Every file that is kept, in no order that counts. What is stored or deleted meanwhile may be among them or not. */
  list(): AsyncIterable<ListedFile>
  close(): Promise<void>
}

const keyForm = /^(?:[a-z0-9][a-z0-9_-]{0,63}\/){1,4}[a-z0-9][a-z0-9_-]{0,63}\.(?<ending>[a-z]{3,4})$/

/** The kind of file that a key is for, or null for a text that is no key: `..`, a NUL, another ending, capital letters. */
export function fileTypeOf(key: string): FileType | null {
  const ending = keyForm.exec(key)?.groups?.['ending']
  const types = Object.keys(endings) as FileType[]
  return types.find((type) => endings[type] === ending) ?? null
}

/** A key that no other file has: `kyc/<uuid>.pdf`. Nothing of it comes from a client. `folder` is one or more names joined by `/`. */
export function newFileKey({
  folder,
  contentType,
  ids,
}: {
  folder: string
  contentType: FileType
  ids: { uuid(): string }
}): string {
  return `${folder}/${ids.uuid()}.${endings[contentType]}`
}

/** Throws a fault for a key that the platform cannot have made, or one that is for another kind of file. */
export function requireKeyFor(key: string, contentType: FileType): void {
  if (fileTypeOf(key) !== contentType)
    throw new Error(`Not the key of a file of type ${contentType}: ${key.slice(0, 100)}`)
}
