import type { Difference, Progress } from '@ev/application'

/** Shows which check runs while somebody watches; silent otherwise. */
export const watchedProgress: Progress = (what) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K  … ${what}`)
}

/** Prints what a verifier found, as lines or as JSON, and answers the exit code. */
export function report(
  differences: readonly Difference[],
  { what, isJson, durationMs }: { what: string; isJson: boolean; durationMs: number },
): number {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  if (isJson) {
    console.log(JSON.stringify({ differences, durationMs }))
  } else {
    for (const { check, subject, expected, actual } of differences) {
      console.log(`✗ ${check}  ${subject}: expected ${expected}, is ${actual}`)
    }
    const seconds = (durationMs / 1000).toFixed(1)
    console.log(
      differences.length === 0
        ? `✓ ${what}: no differences (${seconds} s)`
        : `${what}: ${differences.length} differences (${seconds} s)`,
    )
  }
  return differences.length === 0 ? 0 : 1
}
