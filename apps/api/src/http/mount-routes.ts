import { DomainError } from '@ev/domain'
import express, { type Application, type RequestHandler } from 'express'
import { answerWith } from './answer.ts'
import { authenticate, authorise } from './authenticate.ts'
import { bodyReader, refuseOtherBodies } from './body.ts'
import type { Kernel } from './kernel.ts'
import { isMultipart, multipartReader } from './multipart.ts'
import { reportRefusedCaller } from './refused-caller.ts'
import { requestState } from './request-context.ts'
import type { Route } from './route.ts'

/** The routes answer under both, the versioned name first. */
export const basePaths = ['/api/v1', '/api'] as const

/**
 * Mounts every route under `/api/v1` and `/api`, with and without a slash at the end. Fixed paths come before those with parameters,
 * whatever the order of the array; a known path answers 405 to a method it does not have.
 */
export function mountRoutes<Deps>(app: Application, routes: readonly Route<Deps>[], deps: Deps, kernel: Kernel): void {
  const router = express.Router({ caseSensitive: true })
  for (const [path, routesOfPath] of groupByPath(routes)) {
    const place = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'))
    for (const route of routesOfPath) place[route.method](...steps(route, deps, kernel))
    place.all(refuseMethod(routesOfPath))
  }
  for (const basePath of basePaths) app.use(basePath, router)
}

/** What happens to a request, in this order: counted, identified, admitted, read, answered. */
function steps<Deps>(route: Route<Deps>, deps: Deps, kernel: Kernel): RequestHandler[] {
  const named: RequestHandler = (_request, response, next) => {
    requestState(response).route = route.path
    next()
  }
  const limited = kernel.limiters[route.limit ?? 'default']
  const read = route.method === 'get' ? [] : [bodyStep(route, kernel)]
  return [named, limited, admit(route, kernel), ...read, answerWith(route, deps, kernel)]
}

const jsonName = 'JSON (Content-Type: application/json)'
const formName = 'a form (Content-Type: multipart/form-data)'

function bodyStep<Deps>({ request: { body, files } }: Route<Deps>, { uploads, uploadSlots }: Kernel): RequestHandler {
  const timeoutMs = uploads.bodyTimeoutMs
  if (!files) return bodyReader({ expected: body ? jsonName : null, timeoutMs })
  const isFormOnly = Object.values(files).some(({ isRequired }) => isRequired)
  const readForm = multipartReader(files, { slots: uploadSlots, timeoutMs: uploads.uploadTimeoutMs })
  const readOther = isFormOnly
    ? refuseOtherBodies(formName)
    : bodyReader({ expected: `${jsonName} or ${formName}`, timeoutMs })
  return (request, response, next) => (isMultipart(request) ? readForm : readOther)(request, response, next)
}

function admit<Deps>(route: Route<Deps>, kernel: Kernel): RequestHandler {
  return async (request, response, next) => {
    if (route.access === 'public') return next()
    const state = requestState(response)
    try {
      state.actor = await authenticate(kernel, request.headers.authorization)
      authorise(route.access, state.actor)
    } catch (error) {
      reportRefusedCaller(kernel, error, { route, request, state })
      throw error
    }
    next()
  }
}

function refuseMethod<Deps>(routes: readonly Route<Deps>[]): RequestHandler {
  const methods = routes.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
  const allowed = [...methods, 'OPTIONS'].join(', ')
  return (request, response, next) => {
    if (request.method === 'OPTIONS') response.status(204).set('Allow', allowed).end()
    else next(new DomainError('request.method_not_allowed', { allowed }))
  }
}

/** Paths in the order in which they must be tried. Two routes for one method and address are a mistake in the array: a fault. */
function groupByPath<Deps>(routes: readonly Route<Deps>[]): [string, Route<Deps>[]][] {
  const groups = new Map<string, [string, Route<Deps>[]]>()
  for (const route of routes) {
    const address = route.path.replaceAll(/\{\w+\}/g, '{}').replace(/\/$/, '')
    const group = groups.get(address) ?? [route.path, []]
    if (group[1].some(({ method, path }) => method === route.method || path !== route.path)) {
      throw new Error(`Two routes meet at ${route.method.toUpperCase()} ${route.path}.`)
    }
    group[1].push(route)
    groups.set(address, group)
  }
  return [...groups.entries()].sort(([a], [b]) => compareAddresses(a, b)).map(([, group]) => group)
}

/** Segment by segment, a fixed one before a parameter. */
function compareAddresses(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = Number(left[at]?.includes('{')) - Number(right[at]?.includes('{'))
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
