import { apiFacts } from '../api-facts.ts'
import type { Described } from '../http/documentation/document-extras.ts'
import { openApiDocument } from '../http/openapi.ts'
import { routes } from '../routes.ts'

/** The document of the whole API, as `/api/openapi.json` serves it. */
export const theDocument = (): Described => {
  const text = JSON.stringify(openApiDocument(routes, apiFacts))
  return JSON.parse(text) as Described
}
