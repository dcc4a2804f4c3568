import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SimulateOptions } from './options.ts'
import type { RunResult } from './run.ts'

/** What became of one seed. */
export type Report = { readonly seed: number } & Pick<RunResult, 'step' | 'acknowledged' | 'crashes' | 'differences'>

/** Runs every `jobs`-th seed in a process of its own; answers when all are done. A process that ends early is a failure of its next seed. */
export async function runInProcesses(options: SimulateOptions, onReport: (report: Report) => void): Promise<void> {
  const ranges = Array.from({ length: options.jobs }, (_, job) =>
    Array.from({ length: options.seeds }, (_, at) => options.from + at).filter((_, at) => at % options.jobs === job),
  )
  await Promise.all(ranges.filter((seeds) => seeds.length > 0).map((seeds) => runInProcess(options, seeds, onReport)))
}

function runInProcess(
  { steps, plant }: SimulateOptions,
  seeds: readonly number[],
  onReport: (report: Report) => void,
): Promise<void> {
  const left = new Set(seeds)
  const child = fork(fileURLToPath(new URL('job.ts', import.meta.url)), [JSON.stringify({ seeds, steps, plant })])
  child.on('message', (report: Report) => {
    left.delete(report.seed)
    onReport(report)
  })
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      const nothing = { step: 0, acknowledged: 0, crashes: 0 }
      for (const seed of left) onReport({ seed, ...nothing, differences: [`The process ended with ${code}.`] })
      resolve()
    }),
  )
}
