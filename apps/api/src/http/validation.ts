import { DomainError } from '@ev/domain'
import type { z } from 'zod'

/** Dotted names of fields and what is wrong with each. */
export type FieldErrors = Readonly<Record<string, readonly string[]>> & Record<string, string[]>

const WHOLE_INPUT = 'non_field_errors'

/** The input does not fit the route's schema; `errors` names every field that does not. */
export class InvalidInput extends DomainError {
  readonly errors: FieldErrors
  constructor(errors: FieldErrors) {
    super('validation.failed', { fields: Object.keys(errors).join(', ') })
    this.errors = errors
  }
}

/** Parses `input` by `schema`. Refuses `validation.failed` with every field that does not fit. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input, { error: friendlyMessage })
  if (parsed.success) return parsed.data
  throw new InvalidInput(errorsByField(parsed.error.issues))
}

function errorsByField(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const errors: Record<string, string[]> = {}
  for (const issue of issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
    for (const path of names) {
      const name = path.map(String).join('.') || WHOLE_INPUT
      errors[name] = [...(errors[name] ?? []), issue.message]
    }
  }
  return errors
}

const kinds: Readonly<Record<string, string>> = {
  string: 'Must be a text.',
  number: 'Must be a number.',
  int: 'Must be a whole number.',
  boolean: 'Must be true or false.',
  array: 'Must be a list.',
  object: 'Must be an object.',
}

/** Plain English for the commonest defects; a message that a schema gives itself wins over it. */
function friendlyMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This field is required.' : kinds[issue.expected]
    case 'invalid_value':
      return `Must be one of ${issue.values.map(String).join(', ')}.`
    case 'unrecognized_keys':
      return 'This field is not known.'
    case 'too_small':
      return sizeMessage(issue.origin, 'at least', issue.minimum)
    case 'too_big':
      return sizeMessage(issue.origin, 'at most', issue.maximum)
    default:
      return undefined
  }
}

function sizeMessage(origin: string, bound: 'at least' | 'at most', limit: number | bigint): string {
  if (origin === 'string') return `Must have ${bound} ${limit} characters.`
  if (origin === 'array' || origin === 'set') return `Must have ${bound} ${limit} entries.`
  return `Must be ${bound} ${limit}.`
}
