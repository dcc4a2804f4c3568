import type { CheckName } from './checks.ts'

/** Something that should be equal and is not. `subject` names the row by its id, `booking 42`. */
export type Difference = {
  readonly check: string
  readonly subject: string
  readonly expected: string
  readonly actual: string
}

type Value = bigint | number | string | boolean | null

/** What a verifier found. It reports every difference, but no more than `listed` of one check. */
export type Findings<Name extends string = CheckName> = {
  readonly differences: Difference[]
  expectEqual(check: Name, subject: string, values: { expected: Value; actual: Value }): void
}

/** Differences of one check that are reported; more of them say nothing new. */
export const listed = 1_000

/** Collects what differs; of the checks in `only`, when some are named. */
export function findings<Name extends string = CheckName>(only?: readonly Name[]): Findings<Name> {
  const differences: Difference[] = []
  const counts = new Map<Name, number>()
  return {
    differences,
    expectEqual(check, subject, { expected, actual }) {
      if (expected === actual || (only && !only.includes(check))) return
      const found = (counts.get(check) ?? 0) + 1
      counts.set(check, found)
      if (found <= listed) differences.push({ check, subject, expected: String(expected), actual: String(actual) })
    },
  }
}

/** Told as a verifier goes from one check to the next. */
export type Progress = (what: string) => void
