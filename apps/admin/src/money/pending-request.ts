/**
 * A request that moves money and whose answer has not arrived, kept in `sessionStorage` until it has: after a lost connection, a double click or a
 * reload the same body goes out again under the same Idempotency-Key, so the server does it once.
 */
export type PendingRequest<Body = unknown> = { readonly key: string; readonly body: Body; readonly since: string }

const nameOf = (action: string, subject: string | number) => `ev.pending:${action}:${subject}`

export function pendingRequest<Body>(action: string, subject: string | number): PendingRequest<Body> | null {
  const text = sessionStorage.getItem(nameOf(action, subject))
  return text === null ? null : (JSON.parse(text) as PendingRequest<Body>)
}

/** The request under way for this action on this subject: the one that waits for its answer, or a new one with this body. */
export function beginRequest<Body>(action: string, subject: string | number, body: Body): PendingRequest<Body> {
  const waiting = pendingRequest<Body>(action, subject)
  if (waiting) return waiting
  const begun = { key: newKey(action), body, since: new Date().toISOString() }
  sessionStorage.setItem(nameOf(action, subject), JSON.stringify(begun))
  return begun
}

/** The answer has arrived, or the person has given the request up. */
export function forgetRequest(action: string, subject: string | number): void {
  sessionStorage.removeItem(nameOf(action, subject))
}

/** 128 random bits. `crypto.randomUUID` is missing on pages that came by plain HTTP from another machine. */
function newKey(action: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `console:${action}:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
