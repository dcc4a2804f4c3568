import { type Report, runInProcesses } from './jobs.ts'
import { readOptions, type SimulateOptions } from './options.ts'
import { plants } from './plants.ts'
import { openScratch } from './platform.ts'
import { run } from './run.ts'

/**
 * `pnpm simulate [--seeds N] [--steps N] [--from N] [--jobs N] [--seed N] [--plant FAULT]`: random lives of the whole platform, each from a
 * seed that replays it. Ends with `N passed, N failed`.
 */
async function simulate(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  const totals = { passed: 0, failed: 0, acknowledged: 0, crashes: 0 }
  const isTerminal = process.stderr.isTTY
  const onReport = (report: Report) => {
    totals.acknowledged += report.acknowledged
    totals.crashes += report.crashes
    if (report.differences.length === 0) totals.passed += 1
    else {
      totals.failed += 1
      console.log(failureText(report, options))
    }
    if (isTerminal) process.stderr.write(`\r\u001b[K${totals.passed + totals.failed} of ${options.seeds} seeds`)
  }
  await (options.isTraced ? runTraced(options, onReport) : runInProcesses(options, onReport))
  if (isTerminal) process.stderr.write('\n')
  console.log(`${totals.acknowledged} operations acknowledged, ${totals.crashes} crashes`)
  console.log(`${totals.passed} passed, ${totals.failed} failed`)
  process.exitCode = totals.failed === 0 ? 0 : 1
}

async function runTraced({ from: seed, steps, plant }: SimulateOptions, onReport: (report: Report) => void) {
  const scratch = await openScratch()
  try {
    const onLine = (line: string) => console.log(line)
    const planted = plant ? { plant: plants[plant] } : {}
    const { trace, ...result } = await run({ seed, steps, file: scratch.newFile('seed'), onLine, ...planted })
    console.log(`trace ${trace}`)
    onReport({ seed, ...result })
  } finally {
    scratch.remove()
  }
}

function failureText({ seed, step, differences }: Report, { steps, plant }: SimulateOptions): string {
  const where = step > steps ? 'at rest' : `at step ${step}`
  const command = `pnpm simulate --seed ${seed} --steps ${steps}${plant ? ` --plant ${plant}` : ''}`
  return [`seed ${seed} failed ${where}:`, ...differences.map((line) => `  ${line}`), `  replay: ${command}`].join('\n')
}

await simulate().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
