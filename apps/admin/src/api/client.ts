import createClient from 'openapi-fetch'
import type { paths } from '../generated/api.ts'
import { currentTokens, renewedAccess, type Tokens } from '../session/session.ts'
import { problemOf } from './problem.ts'

export const baseUrl = '/api/v1'

/** Waiting longer than this for a limit to pass is left to the person. */
const longestWaitSeconds = 15

/**
 * `fetch` as who is signed in. An access token that has run out is renewed and the request sent again, which is safe: a request that was answered
 * 401 has done nothing. A reading request that came too often waits as long as the server says, once.
 */
async function fetchAsCaller(request: Request): Promise<Response> {
  const again = request.clone()
  const access = currentTokens()?.access ?? null
  const response = await send(request, access)
  if (response.status === 401 && access !== null) {
    const renewed = await renewedAccess(access, renew)
    return renewed === null ? response : send(again, renewed)
  }
  const waitSeconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  if (response.status === 429 && request.method === 'GET' && waitSeconds <= longestWaitSeconds) {
    await new Promise((done) => setTimeout(done, waitSeconds * 1_000))
    return send(again, currentTokens()?.access ?? null)
  }
  return response
}

function send(request: Request, access: string | null): Promise<Response> {
  if (access !== null) request.headers.set('Authorization', `Bearer ${access}`)
  return fetch(request)
}

/** Null when the server says that the session is over; anything else that goes wrong is thrown, and the session stays. */
async function renew(refresh: string): Promise<Tokens | null> {
  const response = await fetch(`${baseUrl}/auth/refresh/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refresh }),
  })
  if (response.ok) return (await response.json()) as Tokens
  if (response.status === 401 || response.status === 403) return null
  throw await problemOf(response)
}

/** The API, typed by its own description: `ask(api.GET('/booking/bookings/{id}/', { params: { path: { id } } }))`. */
export const api = createClient<paths>({ baseUrl, fetch: fetchAsCaller })

/** What a call of the API answers; throws a `Problem` for a refusal. */
export async function ask<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call
  if (error !== undefined || !response.ok) throw await problemOfRead(response, error)
  return data as T
}

/** The client has read the body already, so it is given back to be read as a problem. */
function problemOfRead(response: Response, error: unknown) {
  const { status, headers } = response
  const kept = new Headers({ 'content-type': 'application/json' })
  const retryAfter = headers.get('retry-after')
  if (retryAfter !== null) kept.set('retry-after', retryAfter)
  const body = typeof error === 'object' && error !== null ? JSON.stringify(error) : '{}'
  return problemOf(new Response(body, { status, headers: kept }))
}

/** Sends a request below the API's base that is not JSON both ways: a form, or a file as the answer. */
export async function askRaw(path: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(path.startsWith('/api/') ? path : `${baseUrl}${path}`, window.location.origin)
  const response = await fetchAsCaller(new Request(url, init))
  if (!response.ok) throw await problemOf(response)
  return response
}
