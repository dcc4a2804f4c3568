import type { Deps, Difference, Progress, VerifyOptions } from '@ev/application'
import { databaseCommand } from './command.ts'

const minuteMs = 60_000

/** Shows which check runs while somebody watches; silent otherwise. */
export const watchedProgress: Progress = (what) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K  … ${what}`)
}

type Verify = (deps: Pick<Deps, 'db' | 'clock'>, options: VerifyOptions) => Promise<Difference[]>

/** Runs a verifier with the options of the command line, `[--json] [--at-rest]`. With --at-rest, what is younger than a minute counts as missing too. */
export function verifierCommand(what: string, verify: Verify): Promise<void> {
  return databaseCommand(async (deps) => {
    const startedAt = performance.now()
    const settledAfterMs = process.argv.includes('--at-rest') ? 0 : minuteMs
    const checked: Record<string, number> = {}
    const count = (of: string, rows: number) => {
      checked[of] = (checked[of] ?? 0) + rows
    }
    const differences = await verify(deps, { progress: watchedProgress, settledAfterMs, count })
    const durationMs = Math.round(performance.now() - startedAt)
    return report(differences, { what, isJson: process.argv.includes('--json'), durationMs, checked })
  })
}

type Facts = { what: string; isJson: boolean; durationMs: number; checked?: Readonly<Record<string, number>> }

/** Prints what a verifier found, as lines or as JSON (`ok`, `differences`, `checked` rows of each kind, `durationMs`), and answers the exit code. */
export function report(differences: readonly Difference[], { what, isJson, durationMs, checked }: Facts): number {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  const isOk = differences.length === 0
  if (isJson) {
    console.log(JSON.stringify({ ok: isOk, differences, ...(checked && { checked }), durationMs }))
  } else {
    for (const { check, subject, expected, actual } of differences) {
      console.log(`✗ ${check}  ${subject}: expected ${expected}, is ${actual}`)
    }
    const seconds = (durationMs / 1000).toFixed(1)
    console.log(
      isOk ? `✓ ${what}: no differences (${seconds} s)` : `${what}: ${differences.length} differences (${seconds} s)`,
    )
  }
  return isOk ? 0 : 1
}
