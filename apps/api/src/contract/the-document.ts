import { apiFacts } from '../api-facts.ts'
import type { Described } from '../http/documentation/document-extras.ts'
import { openApiDocument } from '../http/openapi.ts'
import { routes } from '../routes.ts'

/** The document of the whole API, as `/api/openapi.json` serves it. */
export const servedDocument = (): Described =>
  JSON.parse(JSON.stringify(openApiDocument(routes, apiFacts))) as Described

/** The same with every shared answer written where it is used, for tests that look answers up. */
export function theDocument(): Described {
  const document = servedDocument()
  const shared = document.components?.responses ?? {}
  for (const methods of Object.values(document.paths)) {
    for (const { responses } of Object.values(methods)) {
      for (const [status, { $ref }] of Object.entries(responses)) {
        const answer = $ref && shared[$ref.replace('#/components/responses/', '')]
        if (answer) responses[status] = answer
      }
    }
  }
  return document
}
