import { HttpError } from 'react-admin'

/** A refusal of the API (RFC 9457), as react-admin expects errors: `body.errors` marks the fields of a form. */
export class Problem extends HttpError {
  readonly code: string
  readonly requestId: string | null
  /** Seconds after which trying again makes sense; null when the server names none. */
  readonly retryAfter: number | null

  constructor(status: number, body: ProblemBody, retryAfter: number | null) {
    super(messageOf(status, body), status, { errors: flatErrors(body.errors) })
    // The parent makes whatever extends it an instance of itself alone.
    Object.setPrototypeOf(this, Problem.prototype)
    this.name = 'Problem'
    this.code = body.code ?? 'unknown'
    this.requestId = body.request_id ?? null
    this.retryAfter = retryAfter
  }
}

type ProblemBody = {
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  readonly request_id?: string
  readonly errors?: Readonly<Record<string, readonly string[]>>
}

/** Reads a refused response, also one that is no problem document (a proxy's page, say). */
export async function problemOf(response: Response): Promise<Problem> {
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false
  const body: unknown = isProblem ? await response.json().catch(() => ({})) : {}
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new Problem(response.status, body as ProblemBody, Number.isFinite(seconds) ? seconds : null)
}

function messageOf(status: number, { detail, title, errors, request_id }: ProblemBody): string {
  const [field, messages] = Object.entries(errors ?? {})[0] ?? []
  if (field !== undefined && messages?.[0] !== undefined) return `${fieldLabel(field)}: ${messages[0]}`
  const said = detail ?? title ?? 'The server did not answer as expected. Please try again.'
  return status >= 500 && request_id !== undefined ? `${said} (request ${request_id})` : said
}

const fieldLabel = (field: string) => {
  const words = field.replaceAll(/[._]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const flatErrors = (errors: ProblemBody['errors']) =>
  errors && Object.fromEntries(Object.entries(errors).map(([field, messages]) => [field, messages.join(' ')]))

/** What to show of anything that was thrown. */
export function messageOfError(error: unknown): string {
  if (error instanceof TypeError) return 'The server cannot be reached. Check the connection and try again.'
  return error instanceof Error ? error.message : 'Something went wrong. Please try again.'
}
