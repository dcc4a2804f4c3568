import { verifyDocument } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { documentView, toDocumentView } from './document.view.ts'

export const verifyDocumentRoute = defineRoute({
  method: 'post',
  path: '/compliance/documents/{id}/verify/',
  summary: 'Verify a document',
  description: 'Never one’s own, nor that of an account that one made. A verified document is read-only.',
  access: 'staff',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: documentView },
  refusals: ['document.not_found', 'document.self_review', 'document.read_only'],
  handle: async (deps, { actor, params }) =>
    toDocumentView(await verifyDocument(deps, { actor, documentId: params.id })),
})
