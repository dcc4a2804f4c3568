import { isDomainError } from '@ev/domain'

/** What becomes of a delivered message: settled, tried again after the handler's next pause, or put aside for a person. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly reason: string }
  | { readonly kind: 'park'; readonly reason: string }

export const done: Outcome = { kind: 'done' }

/** The outcome of a handler that threw: a refusal will be the same tomorrow and is parked at once, a fault is tried again. */
export function outcomeOf(error: unknown): Outcome {
  return { kind: isDomainError(error) ? 'park' : 'retry', reason: reasonIn(error) }
}

/** An error in words: the code and facts of a refusal, the name and text of a fault. At most 1000 characters. */
export function reasonIn(error: unknown): string {
  if (isDomainError(error)) return clip(`${error.code} ${JSON.stringify(error.facts)}`)
  return clip(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
}

/** Reasons are kept in headers and in a column of 1000 characters. */
function clip(text: string): string {
  return text.length <= 1000 ? text : `${text.slice(0, 999)}…`
}

export type NextStep = { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'park' }

/** Where a failed attempt leads: the pause before the next one, or the parked queue after the last. `attempt` is 1 for the first. */
export function nextStep(attempt: number, retryStepsMs: readonly number[]): NextStep {
  const delayMs = retryStepsMs[attempt - 1]
  return delayMs === undefined ? { kind: 'park' } : { kind: 'retry', delayMs }
}
