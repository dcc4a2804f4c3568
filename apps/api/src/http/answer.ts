import { DomainError, isDomainError } from '@ev/domain'
import { continueTrace, type Trace, traceIdOf, withTrace } from '@ev/runtime'
import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import type { Actor } from './actor.ts'
import { jsonBody, rawBody } from './body.ts'
import type { AnswerPlace, KeptAnswer } from './catalogue-answers.ts'
import { fileDigests, filesOf } from './file-field.ts'
import { idempotencyKeyFor, oneAtATime, readIdempotencyKey } from './idempotency.ts'
import type { Kernel } from './kernel.ts'
import { refusalsOf } from './refusals.ts'
import { reportRefusedCaller } from './refused-caller.ts'
import { requestState } from './request-context.ts'
import {
  type Download,
  isChosenDownload,
  type ResponseDeclaration,
  type Route,
  type RouteContext,
  type StreamWriter,
} from './route.ts'
import { InvalidInput, parseInput } from './validation.ts'

/** The context of any route: parsed parts are typed where the route is defined. */
type Context = Omit<RouteContext, 'actor' | 'params' | 'query' | 'body' | 'files' | 'headers'> & {
  readonly actor: Actor | null
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly files: unknown
  readonly headers: unknown
}

/** The last step of a route: parses the request, runs the handler, and encodes what it returned by the declared schema. */
export function answerWith<Deps>(route: Route<Deps>, deps: Deps, kernel: Kernel): RequestHandler {
  const known = new Set(refusalsOf(route))
  return async (request, response) => {
    const place = route.showsCatalogue ? await kernel.catalogueAnswers.at(addressOf(request, kernel.publicUrl)) : null
    if (place?.kept) return sendKept(route, place.kept, response)
    const context = contextOf(route, kernel, request, response)
    const trace = traceOf(request, context)
    requestState(response).traceId = traceIdOf(trace)
    const run = async () => {
      try {
        return await withTrace(trace, () => route.handle(deps, context))
      } catch (error) {
        reportRefusedCaller(kernel, error, { route, request, state: requestState(response) })
        if (isDomainError(error) && !known.has(error.code)) reportUndeclared(error, route, kernel, context)
        throw error
      }
    }
    const key = context.idempotency
    const reply = key
      ? await oneAtATime({ cache: kernel.cache, log: context.log }, { key, owner: kernel.ids.uuid() }, run)
      : await run()
    send(route, reply, { request, response, place })
  }
}

/** What messages and calls carry along, so that what they cause leads back to this request. */
function traceOf(request: Request, { request: { id, ip } }: Context): Trace {
  return { requestId: id, traceparent: continueTrace(request.get('traceparent')), ipAddress: ip.slice(0, 45) || null }
}

function contextOf<Deps>(route: Route<Deps>, kernel: Kernel, request: Request, response: Response): Context {
  const state = requestState(response)
  const input = {
    params: parseParams(route, request),
    query: route.request.query ? parseInput(route.request.query, { ...request.query }) : {},
    body: parseBody(route, request, state.upload?.fields),
    files: filesOf(route.request.files, state.upload?.files ?? {}),
    headers: route.request.headers ? parseInput(route.request.headers, request.headers) : {},
  }
  const idempotencyKey = route.idempotent ? readIdempotencyKey(request.get('idempotency-key')) : null
  const { headers: _, files, ...texts } = input
  // Only routes with files have them in their fingerprint: that of every other route stays what it was.
  const fingerprinted = route.request.files ? { ...texts, files: fileDigests(files) } : texts
  return {
    ...input,
    actor: state.actor,
    idempotencyKey,
    idempotency:
      idempotencyKey === null
        ? null
        : idempotencyKeyFor({
            hash: kernel.hash,
            key: idempotencyKey,
            userId: state.actor?.userId ?? null,
            method: route.method,
            path: route.path,
            request: fingerprinted,
          }),
    request: {
      id: state.id,
      ip: request.ip ?? '',
      userAgent: request.get('user-agent') ?? '',
      // Only lists look at it.
      get url() {
        return urlOf(request, kernel.publicUrl)
      },
      rawBody: rawBody(request),
    },
    get log() {
      return state.log
    },
    setReplayed: () => response.setHeader('Idempotency-Replayed', 'true'),
    setHeader: (name, value) => response.setHeader(name, value),
  }
}

/** An address whose parameters cannot be anything's is the address of nothing. */
function parseParams<Deps>(route: Route<Deps>, request: Request): unknown {
  if (!route.request.params) return {}
  try {
    return parseInput(route.request.params, request.params)
  } catch (error) {
    if (error instanceof InvalidInput) throw new DomainError('request.not_found')
    throw error
  }
}

/** A body that the route does not read must still be readable, so that a client's mistake does not pass in silence. */
function parseBody<Deps>(
  route: Route<Deps>,
  request: Request,
  form: Readonly<Record<string, string>> | undefined,
): unknown {
  if (route.method === 'get') return {}
  const body = form ?? jsonBody(request)
  return route.request.body ? parseInput(route.request.body, body) : {}
}

function baseOf(request: Request, publicUrl: string | null): string {
  return publicUrl ?? `${request.protocol}://${request.get('host') ?? ''}`
}

/** What the links of an answer depend on. */
function addressOf(request: Request, publicUrl: string | null): string {
  return `${baseOf(request, publicUrl)} ${request.originalUrl}`
}

function urlOf(request: Request, publicUrl: string | null): URL {
  const base = baseOf(request, publicUrl)
  const url = new URL(URL.canParse(base) ? base : 'http://localhost')
  const at = request.originalUrl.indexOf('?')
  url.pathname = at < 0 ? request.originalUrl : request.originalUrl.slice(0, at)
  url.search = at < 0 ? '' : request.originalUrl.slice(at)
  return url
}

function reportUndeclared<Deps>(error: DomainError, route: Route<Deps>, kernel: Kernel, { log }: Context): void {
  const text = `${route.method.toUpperCase()} ${route.path} does not declare the refusal ${error.code}`
  if (kernel.undeclaredRefusals === 'fault') throw new Error(text, { cause: error })
  log.warn(text)
}

function send<Deps>(
  route: Route<Deps>,
  reply: unknown,
  { request, response, place }: { request: Request; response: Response; place: AnswerPlace | null },
): void {
  const { declared, payload } = chosen(route, reply)
  // Encoded before anything is set, so that an answer that does not fit becomes a clean fault.
  const schema = declared.file !== undefined && isChosenDownload(payload) ? undefined : declared.body
  const content = schema ? encoded(route, schema, payload) : payload
  if (schema && place) {
    sendKept(route, place.keep(Buffer.from(JSON.stringify(content))), response)
    return
  }
  response.status(declared.status)
  response.setHeader('Cache-Control', route.cacheControl ?? 'no-store')
  if (schema) sendJson(response, content)
  else if (declared.file !== undefined) sendDownload(response, declared.file, content as Download)
  else if (declared.stream !== undefined) {
    response.type(declared.stream)
    const write = content as StreamWriter
    write(response, request)
  } else response.end()
}

/** Without the ETag that Express would compute where nobody may keep the answer. */
function sendJson(response: Response, content: unknown): void {
  if (response.getHeader('Cache-Control') !== 'no-store') {
    response.json(content)
    return
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(content))
}

/** Sends bytes that were encoded before, or 304 to a client that has them. */
function sendKept<Deps>(route: Route<Deps>, { body, etag }: KeptAnswer, response: Response): void {
  response.setHeader('Cache-Control', route.cacheControl ?? 'no-store')
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('ETag', etag)
  response.send(body)
}

function chosen<Deps>(route: Route<Deps>, reply: unknown): { declared: ResponseDeclaration; payload: unknown } {
  const status = route.choosesStatus ? Reflect.get(Object(reply), 'status') : route.responses[0]?.status
  const declared = route.responses.find((response) => response.status === status)
  if (!declared)
    throw new Error(`${route.method.toUpperCase()} ${route.path} does not declare the status ${String(status)}.`)
  return { declared, payload: route.choosesStatus ? Reflect.get(Object(reply), 'body') : reply }
}

function encoded<Deps>(route: Route<Deps>, schema: z.ZodType, payload: unknown): unknown {
  const result = z.safeEncode(schema, payload as never)
  if (result.success) return result.data
  throw new Error(
    `The answer of ${route.method.toUpperCase()} ${route.path} does not fit its schema: ${result.error.message}`,
  )
}

/**
 * The one way in which a file leaves a route: to be saved, never shown, and powerless in a browser that shows it all the same. That it is
 * not stored on the way is the kernel's default.
 */
function sendDownload(response: Response, declared: string | readonly string[], download: Download): void {
  const mediaType = typeof declared === 'string' ? declared : declared.find((type) => type === download.contentType)
  if (mediaType === undefined) throw new Error(`A download of the type ${download.contentType} is not declared.`)
  response.attachment(download.filename).type(mediaType)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  response.send(typeof download.content === 'string' ? download.content : Buffer.from(download.content))
}
