import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { completeDocument, type Described } from './documentation/document-extras.ts'
import { shareProblems } from './documentation/share-problems.ts'
import { type FileFields, megabyte } from './file-field.ts'
import { faultProblem, problemCatalogue } from './problem-catalogue.ts'
import { problemView } from './problems.ts'
import { refusalsOf } from './refusals.ts'
import type { RequestSchemas, ResponseDeclaration, Route } from './route.ts'

export type ApiFacts = {
  readonly title: string
  readonly version: string
  readonly description: string
  /** What each subject (the first part of a path) is about. */
  readonly subjects?: Readonly<Record<string, string>>
}

/** Describes the mounted routes in OpenAPI 3.1. Written from the same array that is mounted, so that it cannot differ. */
export function openApiDocument<Deps>(routes: readonly Route<Deps>[], facts: ApiFacts) {
  const paths: NonNullable<ZodOpenApiObject['paths']> = {}
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) }
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: facts.title,
      version: facts.version,
      description: facts.description,
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [
      { url: '/api/v1', description: 'The versioned base, for new clients.' },
      { url: '/api', description: 'The same routes, for clients of the platform before.' },
    ],
    tags: [...new Set(routes.map(subjectOf))].map((name) => ({ name, description: facts.subjects?.[name] ?? name })),
    components: { securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    paths,
  })
  completeDocument(document as unknown as Described)
  shareProblems(document as unknown as Described)
  return document
}

function operation<Deps>(route: Route<Deps>): ZodOpenApiOperationObject {
  const { params, query, headers } = route.request
  return {
    operationId: operationId(route),
    tags: [subjectOf(route)],
    summary: route.summary,
    description: [route.description, admission(route)].filter(Boolean).join('\n\n'),
    security: route.access === 'public' ? [] : [{ accessToken: [] }],
    // For clients that offer only what the caller may do.
    'x-access': route.access,
    requestParams: { ...(params && { path: params }), ...(query && { query }), ...(headers && { header: headers }) },
    ...(route.idempotent && { parameters: [IDEMPOTENCY_KEY] }),
    ...requestBody(route.request),
    responses: responses(route),
  }
}

function requestBody({ body, files }: RequestSchemas): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (!body && !files) return {}
  const takesJson = body && !Object.values(files ?? {}).some(({ isRequired }) => isRequired)
  const content = {
    ...(takesJson && { 'application/json': { schema: body } }),
    ...(files && { 'multipart/form-data': formOf(body, files) }),
  }
  return { requestBody: { required: true, content } }
}

/** The texts of a form and its files, with the media types that each may have. */
function formOf(body: z.ZodType | undefined, files: FileFields) {
  const binary = Object.fromEntries(
    Object.entries(files).map(([name, { maxBytes, isRequired }]) => {
      const description = `A file of at most ${maxBytes / megabyte} MB.`
      const file = z.custom().meta({ override: { type: 'string', format: 'binary', description } })
      return [name, isRequired ? file : file.optional()]
    }),
  )
  const encoding = Object.fromEntries(
    Object.entries(files).map(([name, { accept }]) => [name, { contentType: accept.join(', ') }]),
  )
  return { schema: body instanceof z.ZodObject ? body.safeExtend(binary) : z.object(binary), encoding }
}

const IDEMPOTENCY_KEY = {
  in: 'header' as const,
  name: 'Idempotency-Key',
  description: 'The same key with the same input does nothing again and gets the first answer. Kept for 24 hours.',
  schema: { type: 'string' as const, minLength: 1, maxLength: 200 },
}

function admission<Deps>({ access }: Route<Deps>): string {
  return {
    public: 'For everyone, without a log-in.',
    member: 'For everyone who is logged in.',
    staff: 'For staff and admins.',
    admin: 'For admins.',
  }[access]
}

function responses<Deps>(route: Route<Deps>): ZodOpenApiResponsesObject {
  const answers: ZodOpenApiResponsesObject = {}
  for (const declared of route.responses) answers[`${declared.status}` as '200'] = success(declared)
  for (const [status, problems] of problemsOf(route)) {
    const key = `${status}` as '400'
    answers[key] ??= {
      description: problems.map(({ code, title }) => `- \`${code}\`: ${title}`).join('\n'),
      content: { 'application/problem+json': { schema: problemView, example: problemExample(route, problems[0]!) } },
    }
  }
  return answers
}

function success(declared: ResponseDeclaration): ZodOpenApiResponsesObject['200'] {
  const text = { schema: { type: 'string' as const } }
  const content = {
    ...(declared.body && { 'application/json': { schema: declared.body } }),
    ...Object.fromEntries([declared.file ?? []].flat().map((mediaType) => [mediaType, text])),
    ...(declared.stream !== undefined && { [declared.stream]: text }),
  }
  return {
    description: declared.description ?? 'Done.',
    ...(Object.keys(content).length > 0 && { content }),
    ...(declared.headers && {
      headers: Object.fromEntries(
        Object.entries(declared.headers).map(([name, description]) => [
          name,
          { description, schema: { type: 'string' as const } },
        ]),
      ),
    }),
  }
}

type Problem = { readonly status: number; readonly code: string; readonly title: string }

/** By status, what the route can refuse; a fault is always possible. */
function problemsOf<Deps>(route: Route<Deps>): Map<number, Problem[]> {
  const byStatus = new Map<number, Problem[]>()
  for (const code of refusalsOf(route)) {
    const { status, title } = problemCatalogue[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), { status, code, title }])
  }
  return byStatus.set(faultProblem.status, [faultProblem])
}

function problemExample<Deps>({ path }: Route<Deps>, { status, code, title }: Problem) {
  const instance = `/api/v1${path.replaceAll(/\{\w+\}/g, '42')}`
  const request_id = '6f1c5a0e-6f0b-4f5e-9c3f-2f9d0a8a7b11'
  const problem = { type: `urn:problem:${code}`, title, status, detail: title, code, instance, request_id }
  return code === 'validation.failed' ? { ...problem, errors: { amount: ['This field is required.'] } } : problem
}

function subjectOf<Deps>({ path }: Route<Deps>): string {
  return path.split('/')[1] ?? ''
}

/** `get_booking_bookings_id`: stable names for generated clients. */
function operationId<Deps>({ method, path }: Route<Deps>): string {
  return [method, ...path.split('/')]
    .map((part) => part.replaceAll(/[^\w]+/g, '_').replaceAll(/^_|_$/g, ''))
    .filter(Boolean)
    .join('_')
}
