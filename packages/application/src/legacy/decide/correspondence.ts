import type { LegacyRecord, takeOver } from '@ev/db'
import type { Discrepancies } from '../discrepancies.ts'
import { flagOf, idOf, idOrNull, instantOf, instantOrNull, textOf, textOrNull } from '../values.ts'
import { presentOrNull } from './papers.ts'

export function decideNotifications(
  rows: readonly LegacyRecord[],
  { members, found, now }: { members: ReadonlySet<number>; found: Discrepancies; now: Date },
): takeOver.NewRows['notifications'][] {
  return rows.flatMap((row) => {
    const id = idOf(row)
    const userId = idOf(row, 'user_id')
    if (!members.has(userId)) {
      found.add('row.orphan', `notification ${id}`)
      return []
    }
    return {
      id,
      userId,
      dedupeKey: `legacy:${id}`,
      notificationType: textOf(row, 'notification_type', 50),
      title: textOf(row, 'title', 200),
      message: textOf(row, 'message', 1_000),
      isRead: flagOf(row, 'is_read'),
      readAt: instantOrNull(row, 'read_at'),
      referenceType: textOrNull(row, 'reference_type', 50),
      referenceId: idOrNull(row, 'reference_id'),
      createdAt: instantOf(row, 'created_at', now),
    }
  })
}

/** A document whose file is still to be stored. */
export type DocumentDraft = {
  readonly row: Omit<takeOver.NewRows['documents'], 'fileKey' | 'contentType' | 'sizeBytes'>
  readonly path: string
}

export function decideDocuments(
  rows: readonly LegacyRecord[],
  { members, found, now }: { members: ReadonlySet<number>; found: Discrepancies; now: Date },
): DocumentDraft[] {
  return rows.flatMap((row): DocumentDraft[] => {
    const userId = idOf(row, 'user_id')
    if (!members.has(userId)) {
      found.add('row.orphan', `document ${idOf(row)}`)
      return []
    }
    return [
      {
        path: textOf(row, 'file'),
        row: {
          id: idOf(row),
          userId,
          documentType: textOf(row, 'document_type', 50),
          title: textOf(row, 'title', 200),
          description: textOf(row, 'description', 1_000),
          isVerified: flagOf(row, 'is_verified'),
          verifiedById: presentOrNull(members, idOrNull(row, 'verified_by_id')),
          verifiedAt: instantOrNull(row, 'verified_at'),
          uploadedAt: instantOf(row, 'uploaded_at', now),
        },
      },
    ]
  })
}
