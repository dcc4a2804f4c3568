import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Described, Operation } from '../../http/documentation/document-extras.ts'
import { exampleOf } from '../../http/documentation/example-of.ts'
import type { Route } from '../../http/index.ts'
import { png } from '../../testing/papers.ts'
import type { CallerKind, World } from './world.ts'

type AnyRoute = Pick<Route<never>, 'method' | 'path'>

/** Sends the example of the route's body to the member's object as one kind of caller; answers the status and, of a list, how many rows it shows. */
export async function ask(
  world: World,
  { route, by, document }: { route: AnyRoute; by: CallerKind; document: Described },
): Promise<{ status: number; code: string; shown: number | null }> {
  const { method, path } = route
  const operation = operationOf(route, document)
  const address = `/api/v1${filled(path, world)}`
  if (operation.responses['200']?.content?.['text/event-stream']) return statusOfStream(world, { path: address, by })
  const sent = requestTo(world, { route, by, address }).query(neededQuery(operation, document))
  const { status, body } = await (method === 'get' ? sent : withBody(sent, { operation, world, route, document }))
  // What admins see of the platform itself grows with every question.
  const isList = Array.isArray(body?.results) && !path.startsWith('/admin/')
  return { status, code: body?.code ?? '', shown: isList ? (body.count ?? body.results.length) : null }
}

export function operationOf({ method, path }: AnyRoute, document: Described): Operation {
  const operation = document.paths[path]?.[method]
  if (!operation) throw new Error(`The document does not describe ${method} ${path}.`)
  return operation
}

/** A request by one kind of caller, without a body yet. */
export function requestTo(
  { api, authorizations }: World,
  { route, by, address }: { route: AnyRoute; by: CallerKind; address: string },
): Sent {
  const sent = api.http[route.method](address)
  const authorization = authorizations[by]
  return authorization === null ? sent : sent.set('Authorization', authorization)
}

type Sent = ReturnType<World['api']['http']['post']>

/** The example of the document as JSON, or as a form with a picture where the route takes nothing else. */
function withBody(
  sent: Sent,
  asked: { operation: Operation; world: World; route: AnyRoute; document: Described },
): Sent {
  const { requestBody } = asked.operation
  const json = requestBody?.content['application/json']
  const form = requestBody?.content['multipart/form-data']?.schema
  if (json || !form) return sent.send(exampleBody(asked.world, asked))
  const named = asked.document.components?.schemas ?? {}
  for (const [name, value] of Object.entries(Object(exampleOf(form, named)))) {
    if (value === '(file)') sent.attach(name, png, 'picture.png')
    else sent.field(name, String(value))
  }
  return sent
}

/** The JSON that shows the use of a route: the world's own, else the document's. */
export function exampleBody(
  { bodies }: World,
  { route: { method, path }, operation: { requestBody } }: { route: AnyRoute; operation: Operation },
): object {
  return Object(bodies[`${method} ${path}`] ?? requestBody?.content['application/json']?.example ?? {})
}

/** The parameters that a route cannot do without, as the document shows them. */
export function neededQuery({ parameters = [] }: Operation, { components }: Described): Record<string, string> {
  const needed = parameters.filter((each) => each.in === 'query' && each.required)
  const named = components?.schemas ?? {}
  return Object.fromEntries(needed.map(({ name, schema }) => [name, String(exampleOf(schema, named, name))]))
}

/** A stream does not end by itself: its status is all that is waited for. */
async function statusOfStream(
  { api, authorizations }: World,
  { path, by }: { path: string; by: CallerKind },
): Promise<{ status: number; code: string; shown: null }> {
  const server = createServer(api.app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const authorization = authorizations[by]
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: authorization ? { authorization } : {} })
  await response.body?.cancel()
  server.closeAllConnections()
  server.close()
  return { status: response.status, code: '', shown: null }
}

/** Puts the world's objects into the parameters of a path; a route may have one of its own by its whole path. A parameter that stands for nothing is a gap in the world: a fault. */
export function filled(path: string, { objects }: World): string {
  return path.replaceAll(/\{(\w+)\}/g, (parameter, _name, at: number) => {
    const upTo = path.slice(0, at) + parameter
    const object = objects[path] ?? objects[upTo]
    if (object === undefined) throw new Error(`The world has nothing for ${upTo}; give it one in world.ts.`)
    return String(object)
  })
}
