import type { DomainErrorCode } from '@ev/domain'
import type { Logger } from '@ev/runtime'
import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Access, Actor } from './actor.ts'
import type { FileFields, FilesOf } from './file-field.ts'
import type { IdempotencyKey } from './idempotency.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
export type RateLimitZone = 'otp' | 'booking' | 'webhook' | 'default'

/** What a route reads. A part without a schema is not read and arrives as an empty object. */
export type RequestSchemas = {
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /**
   * Files of a form. The route then takes `multipart/form-data`, and JSON as well when no file is required. The texts of a form are parsed by
   * `body`; they arrive as strings, so numbers and flags in it are written with `formInt`, `formId` and `formFlag`.
   */
  readonly files?: FileFields
  readonly headers?: z.ZodObject
}

/**
 * One answer of a route: JSON by `body`, a download of the media type `file`, an open stream of the media type `stream`, or nothing.
 * With both `body` and `file` it is JSON unless the handler returns `download(…)`. Where `file` lists several media types, the download says
 * which one it is.
 */
export type ResponseDeclaration = {
  readonly status: number
  readonly description?: string
  readonly body?: z.ZodType
  readonly file?: string | readonly string[]
  readonly stream?: string
  /** Response headers and what they say, for the documentation. */
  readonly headers?: Readonly<Record<string, string>>
}
export type ResponseDeclarations = ResponseDeclaration | readonly ResponseDeclaration[]

/** A finished file; `filename` is made by the server, never by a client. */
export type Download = {
  readonly content: Uint8Array | string
  readonly filename: string
  readonly contentType?: string
}

const chosenDownload: unique symbol = Symbol('download')
/** A file where the answer could have been JSON as well. */
export type ChosenDownload = Download & { readonly [chosenDownload]: true }

/** Answers a file on a route that declares both `body` and `file`. */
export function download(file: Download): ChosenDownload {
  return { ...file, [chosenDownload]: true }
}

export function isChosenDownload(payload: unknown): payload is ChosenDownload {
  return typeof payload === 'object' && payload !== null && chosenDownload in payload
}

/** Takes over the response, after its status and headers were set. */
export type StreamWriter = (response: Response, request: Request) => void

type Parsed<Q extends RequestSchemas, Part extends Exclude<keyof RequestSchemas, 'files'>> = Q[Part] extends z.ZodType
  ? z.output<Q[Part]>
  : Record<never, never>

/** What a handler knows about its request. Everything is parsed; nothing needs checking again. */
export type RouteContext<A extends Access = Access, Q extends RequestSchemas = RequestSchemas> = {
  readonly actor: A extends 'public' ? null : Actor
  readonly params: Parsed<Q, 'params'>
  readonly query: Parsed<Q, 'query'>
  readonly body: Parsed<Q, 'body'>
  readonly files: FilesOf<Q['files']>
  readonly headers: Parsed<Q, 'headers'>
  /** The caller's `Idempotency-Key`, exactly as sent; null without one or on a route that takes none. */
  readonly idempotencyKey: string | null
  /** The same key made safe to store: scoped to caller and route, with the fingerprint of the input. */
  readonly idempotency: IdempotencyKey | null
  readonly request: {
    readonly id: string
    /** The client's address, as far as the trusted proxies vouch for it. */
    readonly ip: string
    readonly userAgent: string
    /** Absolute URL of this request with its query, for links to other pages of a list. */
    readonly url: URL
    /** The body's bytes, for signatures; empty without one. */
    readonly rawBody: Buffer
  }
  readonly log: Logger
  /** Says that the answer is that of an earlier request with the same key. */
  setReplayed(): void
  setHeader(name: string, value: string): void
}

type PayloadOf<D extends ResponseDeclaration> = D extends { body: infer S extends z.ZodType }
  ? z.output<S> | (D extends { file: string | readonly string[] } ? ChosenDownload : never)
  : D extends { file: string | readonly string[] }
    ? Download
    : D extends { stream: string }
      ? StreamWriter
      : undefined

/** What a handler returns: the payload when one answer is declared, `reply(status, body)` when there are several. */
export type ReplyOf<R extends ResponseDeclarations> = R extends readonly (infer D)[]
  ? D extends ResponseDeclaration
    ? { readonly status: D['status']; readonly body: PayloadOf<D> }
    : never
  : R extends ResponseDeclaration
    ? PayloadOf<R>
    : never

/** One of several declared answers, with its status kept as a literal: `return reply(201, view)`. */
export function reply<const Status extends number, Body>(status: Status, body: Body): { status: Status; body: Body } {
  return { status, body }
}

type RouteFacts = {
  readonly method: Method
  /** Below the base path, with parameters in braces: `/booking/bookings/{id}/make_payment/`. */
  readonly path: `/${string}`
  readonly summary: string
  readonly description?: string
  readonly access: Access
  /** `money`: moves money, or says what will; takes an `Idempotency-Key`, and only one request per key runs at a time. */
  readonly idempotent?: 'money'
  /** Which limit per client address counts it; `default` when absent. */
  readonly limit?: RateLimitZone
  /** Answers are `no-store` unless this says otherwise. */
  readonly cacheControl?: string
  /** The answer shows the public catalogue and nothing else: it is kept, with an ETag, until the catalogue changes. */
  readonly showsCatalogue?: true
  /** Every refusal that the handler can end in, besides those that any route has (input, login, limits). */
  readonly refusals: readonly DomainErrorCode[]
}

export type RouteDefinition<Deps, A extends Access, Q extends RequestSchemas, R extends ResponseDeclarations> = Omit<
  RouteFacts,
  'access'
> & {
  readonly access: A
  readonly request: Q
  readonly response: R
  handle(deps: Deps, context: RouteContext<A, Q>): ReplyOf<R> | Promise<ReplyOf<R>>
}

/** A route with its types forgotten, as the kernel mounts it and the documentation describes it. */
export type Route<Deps> = RouteFacts & {
  readonly request: RequestSchemas
  readonly responses: readonly ResponseDeclaration[]
  /** True when the handler names the status of its answer, because several are declared. */
  readonly choosesStatus: boolean
  readonly handle: (deps: Deps, context: unknown) => unknown
}

/**
 * Gives the function that declares routes over `Deps`. A route is data: the same array of them is mounted and documented, so that
 * neither can be forgotten.
 *
 *     const defineRoute = routeDefiner<Deps>()
 *     const getBooking = defineRoute({ method: 'get', path: '/booking/bookings/{id}/', summary: 'One booking', access: 'member',
 *       request: { params: z.object({ id: entityId }) }, response: { status: 200, body: bookingView }, refusals: ['booking.not_found'],
 *       handle: (deps, { actor, params }) => readBooking(deps, { actor, bookingId: params.id }) })
 */
export function routeDefiner<Deps>() {
  return function defineRoute<A extends Access, Q extends RequestSchemas, const R extends ResponseDeclarations>(
    definition: RouteDefinition<Deps, A, Q, R>,
  ): Route<Deps> {
    const { response, handle, ...facts } = definition
    return {
      ...facts,
      responses: isList(response) ? response : [response],
      choosesStatus: isList(response),
      // The kernel builds the context from these very schemas, so it has the type that the handler declares.
      handle: (deps, context) => handle(deps, context as RouteContext<A, Q>),
    }
  }
}

function isList(response: ResponseDeclarations): response is readonly ResponseDeclaration[] {
  return Array.isArray(response)
}
