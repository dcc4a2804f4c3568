import { readFileSync } from 'node:fs'
import type { BenchmarkOptions, Result } from '../benchmark.ts'
import { createCallers } from './load.ts'
import { measureReadings } from './measure-readings.ts'
import { measureSignIn } from './measure-sign-in.ts'
import { measureWrites } from './measure-writes.ts'
import { callerCount, type Sizes } from './measuring.ts'
import { withStack } from './stack.ts'

const full: Sizes = { members: 100, reads: 3_000, writes: 600, rounds: 1 }
const quick: Sizes = { members: 10, reads: 60, writes: 30, rounds: 1 }

const mebibyte = 1_024

/** What one api process and one worker hold in memory on the services, once they have served the readings and writes of the other benchmark. */
export async function measureMemory({ isQuick, progress }: BenchmarkOptions): Promise<Result[]> {
  const sizes = isQuick ? quick : full
  progress('the story')
  const value = await withStack('mariadb', sizes, (stack) =>
    stack.withWorker((worker) =>
      stack.withApis(1, async ({ ports, pids }) => {
        const callers = createCallers({ ports, count: callerCount })
        try {
          const asked = { stack, callers, pids, sizes, progress }
          const { loggedIn } = await measureSignIn(asked)
          await measureReadings({ ...asked, loggedIn })
          await measureWrites({ ...asked, loggedIn })
          return [...pids, worker].reduce((sum, pid) => sum + residentKiB(pid), 0) / mebibyte
        } finally {
          callers.close()
        }
      }),
    ),
  )
  const none = { limit: null, ratio: null, cpuMsPerOp: null }
  return [{ name: 'memory.all', value, unit: 'MiB', ...none, aim: { valueAtMost: 400 } }]
}

function residentKiB(pid: number): number {
  const [, text] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  if (text === undefined) throw new Error(`The system does not say what process ${pid} holds in memory.`)
  return Number(text)
}
