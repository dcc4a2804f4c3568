import { parseArgs } from 'node:util'
import type { Benchmark, Result } from './benchmark.ts'
import { measureLists } from './lists/measure-lists.ts'
import { thisMachine } from './machine.ts'

const benchmarks: Readonly<Record<string, Benchmark>> = { lists: measureLists }

/** `pnpm bench [--only NAME] [--quick] [--json]`: measures, and prints the figures with the machine they were measured on. */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean' }, json: { type: 'boolean' } },
  })
  const { only, quick: isQuick = false, json: isJson = false } = values
  if (only !== undefined && benchmarks[only] === undefined) {
    throw new Error(`There is no benchmark "${only}"; there are: ${Object.keys(benchmarks).join(', ')}.`)
  }
  const results: Result[] = []
  for (const [name, measure] of Object.entries(benchmarks)) {
    if (only !== undefined && name !== only) continue
    const progress = (what: string) => process.stderr.isTTY && process.stderr.write(`\r\u001b[K${name}: ${what}`)
    results.push(...(await measure({ isQuick, progress })))
    progress('done\n')
  }
  const machine = thisMachine()
  console.log(isJson ? JSON.stringify({ machine, results }, null, 2) : table(results))
}

function table(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ name }) => name.length))
  return results
    .map(({ name, value, unit, ratio, limit }) => {
      const stand = ratio === null ? '' : `  × ${ratio.toFixed(2)}${limit === null ? '' : ` (at most ${limit})`}`
      return `${name.padEnd(width)}  ${value.toFixed(1).padStart(8)} ${unit}${stand}`
    })
    .join('\n')
}

await run()
