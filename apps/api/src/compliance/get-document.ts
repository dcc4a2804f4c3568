import { ownedBy, readDocumentFile } from '@ev/application'
import { documents } from '@ev/db'
import { z } from 'zod'
import { defineRoute } from '../define-route.ts'
import { entityId } from '../http/index.ts'
import { paperDownload, paperTypes } from '../kyc/identity-fields.ts'
import { documentView, toDocumentView } from './document.view.ts'

export const getDocumentRoute = defineRoute({
  method: 'get',
  path: '/compliance/documents/{id}/',
  summary: 'One document',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, body: documentView },
  refusals: ['document.not_found'],
  handle: async ({ db }, { actor, params }) =>
    toDocumentView(await documents.get(db.read, params.id, { ownedBy: ownedBy(actor) })),
})

export const downloadDocumentRoute = defineRoute({
  method: 'get',
  path: '/compliance/documents/{id}/download/',
  summary: 'The file of a document',
  description: 'For the member and for staff, whose look is remembered in the audit log. There is no public address.',
  access: 'member',
  request: { params: z.object({ id: entityId }) },
  response: { status: 200, file: paperTypes },
  refusals: ['document.not_found'],
  async handle(deps, { actor, params: { id } }) {
    return paperDownload(await readDocumentFile(deps, { actor, documentId: id }), { name: `document-${id}` })
  },
})
