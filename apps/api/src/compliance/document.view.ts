import type { documents } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant } from '../http/index.ts'

/** A document of a member; `file` is the address at which those who may can load it. */
export const documentView = z.object({
  id: idNumber,
  user: idNumber,
  user_name: z.string(),
  document_type: z.string(),
  title: z.string(),
  description: z.string(),
  file: z.string(),
  content_type: z.string(),
  size_bytes: z.int().min(0),
  is_verified: z.boolean(),
  verified_by: idNumber.nullable(),
  verified_at: instant.nullable(),
  uploaded_at: instant,
})

export function toDocumentView(row: documents.DocumentRow): z.output<typeof documentView> {
  return {
    id: row.id,
    user: row.userId,
    user_name: `${row.user.firstName} ${row.user.lastName}`.trim(),
    document_type: row.documentType,
    title: row.title,
    description: row.description,
    file: `/api/v1/compliance/documents/${row.id}/download/`,
    content_type: row.contentType,
    size_bytes: row.sizeBytes,
    is_verified: row.isVerified,
    verified_by: row.verifiedById,
    verified_at: row.verifiedAt,
    uploaded_at: row.uploadedAt,
  }
}
