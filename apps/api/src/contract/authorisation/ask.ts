import type { Described, Operation } from '../../http/documentation/document-extras.ts'
import { exampleOf } from '../../http/documentation/example-of.ts'
import type { Route } from '../../http/index.ts'
import type { CallerKind, World } from './world.ts'

type AnyRoute = Pick<Route<never>, 'method' | 'path'>

/** Sends the example of the route's body to the member's object as one kind of caller; answers the status and, of a list, how many rows it shows. */
export async function ask(
  world: World,
  { route, by, document }: { route: AnyRoute; by: CallerKind; document: Described },
): Promise<{ status: number; code: string; shown: number | null }> {
  const { method, path } = route
  const operation = document.paths[path]?.[method]
  if (!operation) throw new Error(`The document does not describe ${method} ${path}.`)
  const authorization = world.authorizations[by]
  const sent = world.api.http[method](`/api/v1${filled(path, world)}`).query(neededQuery(operation, document))
  if (authorization !== null) sent.set('Authorization', authorization)
  if (operation.responses['200']?.content?.['text/event-stream']) return firstBytesOf(sent)
  const example = world.bodies[`${method} ${path}`] ?? operation.requestBody?.content['application/json']?.example
  const { status, body } = await (method === 'get' ? sent : sent.send(Object(example ?? {})))
  return {
    status,
    code: body?.code ?? '',
    shown: Array.isArray(body?.results) ? (body.count ?? body.results.length) : null,
  }
}

/** The parameters that a route cannot do without, as the document shows them. */
export function neededQuery({ parameters = [] }: Operation, { components }: Described): Record<string, string> {
  const needed = parameters.filter((each) => each.in === 'query' && each.required)
  const named = components?.schemas ?? {}
  return Object.fromEntries(needed.map(({ name, schema }) => [name, String(exampleOf(schema, named, name))]))
}

/** A stream does not end by itself: its status is all that is waited for. */
function firstBytesOf(
  sent: ReturnType<World['api']['http']['get']>,
): Promise<{ status: number; code: string; shown: null }> {
  return new Promise((resolve, reject) => {
    sent.buffer(false).parse((response, done) => {
      resolve({ status: (response as unknown as { statusCode: number }).statusCode, code: '', shown: null })
      sent.abort()
      done(null, null)
    })
    sent.then(
      ({ status, body }) => resolve({ status, code: body?.code ?? '', shown: null }),
      (error: { code?: string }) => (error.code === 'ABORTED' ? undefined : reject(error)),
    )
  })
}

/** Puts the world's objects into the parameters of a path. A parameter that stands for nothing is a gap in the world: a fault. */
export function filled(path: string, { objects }: World): string {
  return path.replaceAll(/\{(\w+)\}/g, (parameter, _name, at: number) => {
    const upTo = path.slice(0, at) + parameter
    const object = objects[upTo]
    if (object === undefined) throw new Error(`The world has nothing for ${upTo}; give it one in world.ts.`)
    return String(object)
  })
}
