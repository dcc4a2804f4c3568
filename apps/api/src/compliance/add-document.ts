import { addDocument } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { anyText } from '../fields.ts'
import { fileField, megabyte, textLine } from '../http/index.ts'
import { paperTypes } from '../kyc/identity-fields.ts'
import { documentView, toDocumentView } from './document.view.ts'

const documentBody = z.object({
  document_type: textLine(50).regex(/^[\w -]+$/, { error: 'Must be letters, digits, spaces, dashes and underscores.' }),
  title: textLine(200),
  description: anyText(1_000)
    .optional()
    .transform((text) => text ?? ''),
})

export const addDocumentRoute = defineRoute({
  method: 'post',
  path: '/compliance/documents/',
  summary: 'Upload a document',
  description:
    'A PDF, JPEG or PNG of at most 10 MB, as a form. Pictures are made anew, without what a camera adds to them.',
  access: 'member',
  request: {
    body: documentBody,
    files: { file: fileField({ accept: paperTypes, maxBytes: 10 * megabyte, isRequired: true }) },
  },
  response: { status: 201, body: documentView },
  refusals: ['document.too_many'],
  async handle(deps, { actor, body, files }) {
    const { document_type: documentType, title, description } = body
    return toDocumentView(await addDocument(deps, { actor, documentType, title, description, file: files.file }))
  },
})
