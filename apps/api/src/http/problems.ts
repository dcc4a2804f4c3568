import { DomainError, isDomainError } from '@ev/domain'
import { CacheUnavailable } from '@ev/runtime'
import { z } from 'zod'
import { challengeFor } from './authenticate.ts'
import { faultProblem, problemCatalogue } from './problem-catalogue.ts'
import type { FieldErrors } from './validation.ts'
import { InvalidInput } from './validation.ts'

/** The body of every answer that is not a success, by RFC 9457. */
export const problemView = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    instance: z.string(),
    request_id: z.string(),
    errors: z.record(z.string(), z.array(z.string())).optional(),
  })
  .meta({
    id: 'Problem',
    description: 'What went wrong. `code` is stable; `errors` names the fields of invalid input.',
  })

export type Problem = {
  readonly body: z.infer<typeof problemView>
  readonly headers: Readonly<Record<string, string>>
  /** A fault is ours and is logged loudly; everything else is an ordinary refusal. */
  readonly isFault: boolean
}

const UNAVAILABLE_RETRY_SECONDS = 5

/** The answer to anything that was thrown. `instance` is the path of the request, without its query. */
export function problemFor(thrown: unknown, request: { instance: string; requestId: string }): Problem {
  if (thrown instanceof CacheUnavailable) {
    const unavailable = new DomainError('service.unavailable', { retryAfterSeconds: UNAVAILABLE_RETRY_SECONDS })
    return { ...problemFor(unavailable, request), isFault: true }
  }
  const error = isDomainError(thrown) ? thrown : refusalOfParser(thrown)
  if (!error) return { body: problemBody(faultProblem, request), headers: {}, isFault: true }

  const { status, title, detail } = problemCatalogue[error.code]
  const text = filled(detail, error.facts) ?? title
  const errors = fieldErrors(error, text)
  const body = problemBody({ status, code: error.code, title, detail: text }, request)
  return { body: errors ? { ...body, errors } : body, headers: headersFor(error, status), isFault: false }
}

function problemBody(
  kind: { status: number; code: string; title: string; detail: string },
  request: { instance: string; requestId: string },
): z.infer<typeof problemView> {
  const { status, code, title, detail } = kind
  const { instance, requestId } = request
  return { type: `urn:problem:${code}`, title, status, detail, code, instance, request_id: requestId }
}

function fieldErrors(error: DomainError, text: string): FieldErrors | undefined {
  if (error instanceof InvalidInput) return error.errors
  return error.field === undefined ? undefined : { [error.field]: [text] }
}

/** The template with its facts, or null when there is none or it speaks of a fact that the refusal does not have. */
function filled(template: string | undefined, facts: DomainError['facts']): string | null {
  if (template === undefined) return null
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  if (names.some((name) => facts[name] === undefined || facts[name] === null)) return null
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name]))
}

function headersFor(error: DomainError, status: number): Record<string, string> {
  const headers: Record<string, string> = {}
  const retryAfter = error.facts['retryAfterSeconds']
  if (typeof retryAfter === 'number') headers['Retry-After'] = String(Math.max(1, Math.ceil(retryAfter)))
  if (status === 401) headers['WWW-Authenticate'] = challengeFor(error.code)
  // The rest of the body may never come.
  if (status === 408) headers['Connection'] = 'close'
  const allowed = error.facts['allowed']
  if (status === 405 && typeof allowed === 'string') headers['Allow'] = allowed
  return headers
}

/** Express and its body parser mark what is the client's doing with a status; anything else is a fault. */
function refusalOfParser(thrown: unknown): DomainError | null {
  const status: unknown = thrown instanceof Error ? Reflect.get(thrown, 'status') : undefined
  if (status === 413) return new DomainError('request.too_large')
  if (status === 415) return new DomainError('request.unsupported_media_type')
  if (typeof status === 'number' && status >= 400 && status < 500) return new DomainError('request.malformed')
  return null
}
