import { type HandlerName, type HandlerPolicy, policyOf } from '../handler-catalogue.ts'
import type { Transport } from '../transport.ts'

/** An empty broker for one test. Every transport that it opens is another process on the same queues, worked by `contractPolicyOf`. */
export type TransportHarness = {
  open(): Transport
  /** Puts a text into the queue of a handler without any check. */
  inject(handler: HandlerName, text: string): Promise<void>
  cleanUp(): Promise<void>
}

/** The catalogue's policies with retries that a test can wait for: three attempts. */
export function contractPolicyOf(handler: HandlerName): HandlerPolicy {
  return { ...policyOf(handler), retryStepsMs: [20, 40] }
}
