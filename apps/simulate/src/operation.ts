import type { Deps, Idempotency } from '@ev/application'
import type { Model } from './model/state.ts'

/**
 * Something that a client asks for. `ask` may be sent again under the same key when no answer came; `expect` says what the answer has to
 * be, or refuses. Both answer the same plain values.
 */
export type Operation = {
  readonly name: string
  /** What is asked, for the trace. */
  readonly facts: string
  ask(deps: Deps, key: NonNullable<Idempotency>): Promise<unknown>
  expect(model: Model, now: Date): unknown
}
