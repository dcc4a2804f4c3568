import { redact } from '@ev/runtime'
import { z } from 'zod'

const plainValue = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Facts by their names, as an operator may read them. */
export const plainFacts = z.record(z.string(), plainValue)

/**
 * The entries of a stored JSON object as plain values: what is nested is shown as text, and what looks like a secret is hidden, whoever wrote it
 * there. Anything that is no object has no entries.
 */
export function toPlainFacts(stored: unknown): z.output<typeof plainFacts> {
  const facts = redact(stored)
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return {}
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      const plain = plainValue.safeParse(value)
      return [name, plain.success ? plain.data : JSON.stringify(value)]
    }),
  )
}
