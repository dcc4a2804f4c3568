import { deleteDocument } from '@ev/application'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'

export const deleteDocumentRoute = defineRoute({
  method: 'delete',
  path: '/compliance/documents/{id}/',
  summary: 'Delete a document of your own',
  description: 'Only while it is not verified. Its file is deleted with it.',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 204 },
  refusals: ['document.not_found', 'document.read_only'],
  async handle(deps, { actor, params }) {
    await deleteDocument(deps, { actor, documentId: params.id })
    return undefined
  },
})
