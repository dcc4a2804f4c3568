/** Something that should be equal and is not. `subject` names the row by its id, `booking 42`. */
export type Difference = {
  readonly check: string
  readonly subject: string
  readonly expected: string
  readonly actual: string
}

/** What a verifier found. It reports every difference, but no more than `listed` of one check. */
export type Findings = {
  readonly differences: Difference[]
  expectEqual(
    check: string,
    subject: string,
    values: { expected: bigint | number | string | boolean | null; actual: bigint | number | string | boolean | null },
  ): void
}

/** Differences of one check that are reported; more of them say nothing new. */
export const listed = 1_000

export function findings(): Findings {
  const differences: Difference[] = []
  const counts = new Map<string, number>()
  return {
    differences,
    expectEqual(check, subject, { expected, actual }) {
      if (expected === actual) return
      const found = (counts.get(check) ?? 0) + 1
      counts.set(check, found)
      if (found <= listed) differences.push({ check, subject, expected: String(expected), actual: String(actual) })
    },
  }
}

/** Told as a verifier goes from one check to the next. */
export type Progress = (what: string) => void
