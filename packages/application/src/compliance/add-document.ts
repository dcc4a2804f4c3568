import { documents, users } from '@ev/db'
import { requireRoomForDocument } from '@ev/domain'
import type { Actor, Deps } from '../deps.ts'
import { type SentFile, withKeptFiles } from '../kyc/kept-files.ts'

export type AddDocument = {
  readonly actor: Actor
  readonly documentType: string
  readonly title: string
  readonly description: string
  readonly file: SentFile
}

/** Adds a document of one's own. Refuses with `validation.failed` on `file`, and with `document.too_many`. */
export function addDocument(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'files' | 'log'>,
  { actor: { userId }, documentType, title, description, file }: AddDocument,
): Promise<documents.DocumentRow> {
  return withKeptFiles(deps, { folder: 'documents', sent: { file } }, ({ file: kept }) =>
    deps.db.transaction(async (tx) => {
      await users.lock(tx, userId)
      requireRoomForDocument(await documents.countOfUser(tx, userId))
      return documents.insert(tx, {
        userId,
        documentType,
        title,
        description,
        fileKey: kept.key,
        contentType: kept.contentType,
        sizeBytes: kept.sizeBytes,
        uploadedAt: deps.clock.now(),
      })
    }),
  )
}
