import { AsyncLocalStorage } from 'node:async_hooks'

/** What leads from a log line or message back to the request that caused it. Carried beside the work, never used by a rule. */
export type Trace = {
  readonly requestId: string | null
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
