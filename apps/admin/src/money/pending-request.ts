import { Problem } from '../api/problem.ts'

/**
 * A request that moves money and whose answer has not arrived, kept in `sessionStorage` until it has: after a lost connection, a double click or a
 * reload the same body goes out again under the same Idempotency-Key, so the server does it once.
 */
export type PendingRequest<Body = unknown> = { readonly key: string; readonly body: Body; readonly since: string }

/** The server knows a key for a day. An hour is left for its clock and this one to differ. */
const repeatableForMs = 23 * 60 * 60_000

/** Whether sending it again is still sure to be done once. */
export const isRepeatable = ({ since }: PendingRequest, now = Date.now()): boolean =>
  now - Date.parse(since) < repeatableForMs

const nameOf = (action: string, subject: string | number) => `ev.pending:${action}:${subject}`

export function pendingRequest<Body>(action: string, subject: string | number): PendingRequest<Body> | null {
  const text = sessionStorage.getItem(nameOf(action, subject))
  return text === null ? null : (JSON.parse(text) as PendingRequest<Body>)
}

/**
 * The request under way for this action on this subject: the one that waits for its answer, or a new one with this body. Throws when the one that
 * waits is too old to be sent again.
 */
export function beginRequest<Body>(action: string, subject: string | number, body: Body): PendingRequest<Body> {
  const waiting = pendingRequest<Body>(action, subject)
  if (waiting && !isRepeatable(waiting))
    throw new Error('An earlier request has waited too long for its answer. Look whether it was done, then forget it.')
  if (waiting) return waiting
  const begun = { key: newKey(action), body, since: new Date().toISOString() }
  sessionStorage.setItem(nameOf(action, subject), JSON.stringify(begun))
  return begun
}

/** The answer has arrived, or the person has given the request up. */
export function forgetRequest(action: string, subject: string | number): void {
  sessionStorage.removeItem(nameOf(action, subject))
}

type SendOnce<Body, Answer> = {
  readonly action: string
  readonly subject: string | number
  readonly body: Body
  readonly send: (request: { body: Body; key: string }) => Promise<Answer>
}

/** Sends the request that waits, or this one; it is forgotten once the server has decided. */
export async function sendOnce<Body, Answer>({ action, subject, body, send }: SendOnce<Body, Answer>): Promise<Answer> {
  try {
    const answer = await send(beginRequest(action, subject, body))
    forgetRequest(action, subject)
    return answer
  } catch (error) {
    if (isDecided(error)) forgetRequest(action, subject)
    throw error
  }
}

/** Answers after which it is still open what became of an earlier try: not signed in, not allowed, too slow, too often. */
const leavesOpen = new Set([401, 403, 408, 429])

/** Whether the server has refused for good. A fault, a lost connection and "still under way" decide nothing either. */
function isDecided(error: unknown): boolean {
  if (!(error instanceof Problem)) return false
  return error.status < 500 && !leavesOpen.has(error.status) && error.code !== 'idempotency.in_progress'
}

/** 128 random bits. `crypto.randomUUID` is missing on pages that came by plain HTTP from another machine. */
function newKey(action: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `console:${action}:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
