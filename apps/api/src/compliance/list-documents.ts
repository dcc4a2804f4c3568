import { ownedBy } from '@ev/application'
import { documents } from '@ev/db'
import { defineRoute } from '../define-route.ts'
import { anyText } from '../fields.ts'
import { entityId, orderingQuery, pageQuery, pageView, queryFlag } from '../http/index.ts'
import { answerPage } from '../lists.ts'
import { documentView, toDocumentView } from './document.view.ts'

const documentsQuery = pageQuery.extend({
  user: entityId.optional(),
  document_type: anyText(50).optional(),
  is_verified: queryFlag.optional(),
  ordering: orderingQuery({ fields: ['uploaded_at'], initial: '-uploaded_at' }),
})

export const listDocumentsRoute = defineRoute({
  method: 'get',
  path: '/compliance/documents/',
  summary: 'Your documents; staff see all',
  access: 'member',
  request: { query: documentsQuery },
  response: { status: 200, body: pageView(documentView) },
  refusals: [],
  handle({ db }, { actor, query, request: { url } }) {
    const filter = {
      ownedBy: ownedBy(actor),
      userId: query.user,
      documentType: query.document_type,
      isVerified: query.is_verified,
    }
    const { direction } = query.ordering
    return answerPage({ query, url }, (page) => documents.list(db.read, filter, { ...page, direction }), toDocumentView)
  },
})
