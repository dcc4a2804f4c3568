import type { BenchmarkOptions, Result } from '../benchmark.ts'
import { createCallers } from './load.ts'
import type { LoggedIn } from './log-in.ts'
import { measureReadings } from './measure-readings.ts'
import { measureSignIn } from './measure-sign-in.ts'
import { measureWrites } from './measure-writes.ts'
import { callerCount, type Sizes } from './measuring.ts'
import { type Stack, withStack } from './stack.ts'

const full: Sizes = { members: 100, reads: 6_000, writes: 1_800, rounds: 3 }
const quick: Sizes = { members: 10, reads: 60, writes: 30, rounds: 1 }

/**
 * The requests that are made most, against real api processes: how many a second, and the processor time that each costs these processes. Beside
 * them, in turn and in the same run, what bare Express and the bare driver make of the same.
 */
export async function measureHttp({ isQuick, progress }: BenchmarkOptions): Promise<Result[]> {
  const sizes = isQuick ? quick : full
  const results: Result[] = []
  for (const kind of ['sqlite', 'mariadb'] as const) {
    progress(`the story on ${kind}`)
    results.push(...(await withStack(kind, sizes, (stack) => measureStack(stack, { sizes, progress }))))
  }
  return results
}

async function measureStack(
  stack: Stack,
  { sizes, progress }: { sizes: Sizes; progress: (what: string) => void },
): Promise<Result[]> {
  const results: Result[] = []
  let known: ReadonlyMap<string, LoggedIn> | null = null
  for (const count of [1, 2]) {
    await stack.withApis(count, async ({ ports, pids }) => {
      const callers = createCallers({ ports, count: callerCount })
      const note = (what: string) => progress(`${what} on ${stack.kind} with ${count} api`)
      const asked = { stack, callers, pids, sizes, progress: note }
      try {
        // The codes of a log-in lie in the mailbox of the one process that was asked for them.
        if (known === null) {
          const { loggedIn, result } = await measureSignIn(asked)
          known = loggedIn
          results.push(result)
        }
        const measuring = { ...asked, loggedIn: known }
        results.push(...(await measureReadings(measuring)))
        // Writes on SQLite are for one process.
        if (count === 1 || stack.kind === 'mariadb') results.push(...(await measureWrites(measuring)))
      } finally {
        callers.close()
      }
    })
  }
  return results
}
