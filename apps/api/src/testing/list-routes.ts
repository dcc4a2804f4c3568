import type { ApiDeps } from '../define-route.ts'
import type { Route } from '../http/index.ts'
import { openApiDocument } from '../http/openapi.ts'
import { routes } from '../routes.ts'

/** A list as the API declares it. */
export type ListRoute = {
  readonly path: string
  /** Every parameter that chooses or orders rows, with the values to try. */
  readonly parameters: readonly { readonly name: string; readonly values: readonly string[] }[]
  /** What no question may leave out. */
  readonly required: Readonly<Record<string, string>>
  readonly takesPage: boolean
  readonly takesCursor: boolean
}

/**
 * A value for each parameter that is no id, bound of time or choice of a few: what a reader would ask for. A list with a parameter that is not here cannot be
 * tried, and the test says so.
 */
const examples: Readonly<Record<string, readonly string[]>> = {
  user: ['1', '500'],
  booking: ['700'],
  payout: ['300'],
  batch: ['1'],
  vehicle_model: ['3', '12'],
  action: ['kyc.approved', 'plan.created'],
  subject_type: ['kyc'],
  subject_id: ['5'],
  notification_type: ['payment'],
  document_type: ['agreement'],
  month: ['2025-10'],
  node: ['1', '2'],
  id: ['1'],
  ids: ['3', '3,17,500'],
  q: ['member12', 'asha'],
  financial_year: ['2025-26'],
  search: ['EVAB', 'member12', '+9190000001', 'Volt 12', 'nothing like it'],
  name: ['Volt'],
  model_code: ['EV-000003'],
  color: ['Red'],
  battery_variant: ['40 kWh'],
  min_price: ['1000'],
  max_price: ['200000'],
}

const paging = ['page', 'page_size', 'cursor']

/** Every list of the API: the routes that answer page by page. */
export function listRoutes(): ListRoute[] {
  const { paths } = openApiDocument(routes, { title: '', version: '', description: '' })
  return routes.filter(isList).map((route) => {
    const declared = (paths?.[route.path]?.get?.parameters ?? []) as Parameter[]
    const inQuery = declared.filter((one) => one.in === 'query')
    return {
      path: route.path.replaceAll(/\{(\w+)\}/g, (_, name) => exampleOf(route, name)[0]!),
      parameters: inQuery
        .filter(({ name }) => !paging.includes(name))
        .map(({ name, schema }) => ({ name, values: choicesOf(schema) ?? exampleOf(route, name, schema) })),
      required: Object.fromEntries(
        inQuery.filter(({ required }) => required === true).map(({ name }) => [name, exampleOf(route, name)[0]!]),
      ),
      takesPage: inQuery.some(({ name }) => name === 'page'),
      takesCursor: inQuery.some(({ name }) => name === 'cursor'),
    }
  })
}

type Parameter = { in: string; name: string; required?: boolean; schema?: { type?: string; enum?: unknown[] } }

function isList(route: Route<ApiDeps>): boolean {
  const { query } = route.request
  return route.method === 'get' && query !== undefined && 'page_size' in query.shape
}

function choicesOf(schema: Parameter['schema']): string[] | null {
  if (schema?.type === 'boolean') return ['true', 'false']
  return schema?.enum?.map(String) ?? null
}

/** Ids and bounds of time need no example of their own. */
function exampleByKind(name: string, schema: Parameter['schema']): readonly string[] | undefined {
  if (schema?.type === 'integer') return ['1']
  if (name.endsWith('_after')) return ['2025-10-01']
  return name.endsWith('_before') ? ['2025-03-01'] : undefined
}

function exampleOf({ path }: Route<ApiDeps>, name: string, schema?: Parameter['schema']): readonly string[] {
  const values = examples[name] ?? exampleByKind(name, schema)
  if (values === undefined) throw new Error(`Give an example for "${name}" of ${path} in list-routes.ts.`)
  return values
}

/** Every question to a list that its index must answer: nothing, each value of each parameter, and the first two pages by cursor of each. */
export function questionsOf({ parameters, required, takesPage, takesCursor }: ListRoute): Record<string, string>[] {
  const chosen = parameters.flatMap(({ name, values }) => values.map((value) => ({ ...required, [name]: value })))
  const questions = [{ ...required }, ...chosen]
  const byCursor = questions.map((question) => ({ ...question, cursor: '' }))
  return [...(takesPage ? questions : []), ...(takesCursor ? byCursor : [])]
}
