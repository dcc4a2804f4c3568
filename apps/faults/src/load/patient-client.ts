import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

export type Json = Record<string, unknown>

export type Ask = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly token?: string
  readonly body?: unknown
}

/** What a request came to: an answer that is final, or nothing at all within the time that a client has patience for. */
export type Answer =
  | { readonly kind: 'acknowledged'; readonly body: Json }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  | { readonly kind: 'undecided' }

/** What the clients have met with on the wire, all together. */
export type Traffic = {
  requests: number
  /** Questions whose connection was refused: they never left. */
  refusedConnections: number
  /** Questions that left and got no answer: the connection broke, or it took too long. */
  lostAnswers: number
  /** Answers that say that it is the server's fault. */
  serverFaults: number
  /** First answers that were given again. */
  replays: number
  refusals: Map<string, number>
}

export function noTraffic(): Traffic {
  return { requests: 0, refusedConnections: 0, lostAnswers: 0, serverFaults: 0, replays: 0, refusals: new Map() }
}

export type PatientClient = {
  /** Asks until there is an answer, each time under the same idempotency key, at one server after the other. */
  ask(request: Ask): Promise<Answer>
  /** Asks once at one server; null without an answer, and for one that says that it is the server's fault. */
  askOnce(url: string, request: Ask): Promise<Json | null>
}

const answerWithinMs = 15_000
const betweenTriesMs = 150

export function patientClient({
  urls,
  traffic,
  patienceMs,
}: {
  urls: readonly string[]
  traffic: Traffic
  patienceMs: number
}): PatientClient {
  let asked = 0

  /** Null when it is worth asking again. */
  async function tryAt(url: string, request: Ask, key: string): Promise<Answer | null> {
    traffic.requests += 1
    let response: Response
    let text: string
    try {
      response = await fetch(`${url}${request.path}`, optionsOf(request, key))
      text = await response.text()
    } catch (error) {
      if (isConnectionRefused(error)) traffic.refusedConnections += 1
      else traffic.lostAnswers += 1
      return null
    }
    if (response.headers.get('idempotency-replayed') === 'true') traffic.replays += 1
    if (response.status >= 500) {
      traffic.serverFaults += 1
      return null
    }
    const body = text === '' ? {} : (JSON.parse(text) as Json)
    if (response.ok) return { kind: 'acknowledged', body }
    const code = String(body['code'])
    if (code === 'idempotency.in_progress') return null
    traffic.refusals.set(code, (traffic.refusals.get(code) ?? 0) + 1)
    return { kind: 'refused', status: response.status, code }
  }

  return {
    async ask(request) {
      const key = randomUUID()
      const deadline = performance.now() + patienceMs
      while (performance.now() < deadline) {
        asked += 1
        const answer = await tryAt(urls[asked % urls.length]!, request, key)
        if (answer !== null) return answer
        await pause(betweenTriesMs)
      }
      return { kind: 'undecided' }
    },
    async askOnce(url, request) {
      const answer = await tryAt(url, request, randomUUID())
      return answer?.kind === 'acknowledged' ? answer.body : null
    },
  }
}

function optionsOf({ method, token, body }: Ask, key: string): RequestInit {
  return {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(method === 'POST' && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(answerWithinMs),
  }
}

function isConnectionRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && Reflect.get(cause, 'code') === 'ECONNREFUSED'
}
