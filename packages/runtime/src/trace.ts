import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'

/** What leads from a log line or message back to the request that caused it. Carried beside the work, never used by a rule. */
export type Trace = {
  readonly requestId: string | null
  /** In the form of W3C Trace Context, version 00. */
  readonly traceparent: string | null
  /** The client's address, for the audit log; null where no client is involved. */
  readonly ipAddress: string | null
}

const storage = new AsyncLocalStorage<Trace>()
const none: Trace = { requestId: null, traceparent: null, ipAddress: null }

/** Runs `work` and everything that it starts under this trace. */
export function withTrace<T>(trace: Trace, work: () => T): T {
  return storage.run(trace, work)
}

/** The trace of whatever is running now; empty outside of one. */
export function currentTrace(): Trace {
  return storage.getStore() ?? none
}

const form = /^00-(?!0{32})(?<traceId>[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-(?<flags>[0-9a-f]{2})$/

/**
 * The `traceparent` of a step that begins here: of the trace that `incoming` names, with its flags, or of a new one that nobody has asked to be
 * recorded when there is none, or one that is not of the form (W3C Trace Context, 3.2).
 */
export function continueTrace(incoming: string | undefined): string {
  const { traceId = randomBytes(16).toString('hex'), flags = '00' } = form.exec(incoming ?? '')?.groups ?? {}
  return `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`
}

/** The name of a trace, the same in every log line, message and call that belongs to it; null without one. */
export function traceIdOf({ traceparent }: Pick<Trace, 'traceparent'>): string | null {
  return form.exec(traceparent ?? '')?.groups?.['traceId'] ?? null
}

/** The header that a call to another server carries along; none outside of a trace. */
export function traceHeaders(): { traceparent?: string } {
  const { traceparent } = currentTrace()
  return traceparent === null ? {} : { traceparent }
}
