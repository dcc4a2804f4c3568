import { parseArgs } from 'node:util'
import type { Benchmark, Result } from './benchmark.ts'
import { measureCredits } from './broker/measure-credits.ts'
import { measureRelay } from './broker/measure-relay.ts'
import { measureHttp } from './http/measure-http.ts'
import { measureMemory } from './http/measure-memory.ts'
import { measureLists } from './lists/measure-lists.ts'
import { thisMachine } from './machine.ts'
import { measureNetwork } from './network/measure-network.ts'
import { measureVerify } from './verify/measure-verify.ts'

const benchmarks: Readonly<Record<string, Benchmark>> = {
  lists: measureLists,
  http: measureHttp,
  memory: measureMemory,
  relay: measureRelay,
  worker: measureCredits,
  verify: measureVerify,
  network: measureNetwork,
}

/** `pnpm bench [--only NAME…] [--quick] [--json]`: measures, and prints the figures with the machine they were measured on. */
async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'boolean' }, quick: { type: 'boolean' }, json: { type: 'boolean' } },
    allowPositionals: true,
  })
  const { only: isOnly = false, quick: isQuick = false, json: isJson = false } = values
  const wanted = positionals.flatMap((names) => names.split(','))
  if (isOnly !== wanted.length > 0) throw new Error('Name the benchmarks that are wanted after --only.')
  for (const name of wanted.filter((each) => benchmarks[each] === undefined)) {
    throw new Error(`There is no benchmark "${name}"; there are: ${Object.keys(benchmarks).join(', ')}.`)
  }
  const results: Result[] = []
  for (const [name, measure] of Object.entries(benchmarks)) {
    if (isOnly && !wanted.includes(name)) continue
    const progress = (what: string) => process.stderr.isTTY && process.stderr.write(`\r\u001b[K${name}: ${what}`)
    for await (const own of inParts(measure({ isQuick, progress }))) {
      progress('measured\n')
      results.push(...own)
      // A figure that took minutes is not kept back until the last one is there.
      if (!isJson) console.log(table(own))
    }
  }
  if (isJson) console.log(json(results))
}

const inParts = (measured: ReturnType<Benchmark>) => (Symbol.asyncIterator in measured ? measured : [measured])

function json(results: readonly Result[]): string {
  const figures = results.map(({ cpuMsPerOp, aim: _, ...result }) => ({ ...result, cpu_ms_per_op: cpuMsPerOp }))
  return JSON.stringify({ machine: thisMachine(), results: figures }, null, 2)
}

function table(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ name }) => name.length))
  return results
    .map(({ name, value, unit, ratio, cpuMsPerOp, aim }) => {
      const cpu = cpuMsPerOp === null ? '' : `  ${cpuMsPerOp.toFixed(2)} ms CPU${bound('at most', aim.cpuMsAtMost)}`
      const valued = bound('at most', aim.valueAtMost) || bound('at least', aim.valueAtLeast)
      const aimed = bound('at most', aim.ratioAtMost) || bound('at least', aim.ratioAtLeast)
      const stand = ratio === null ? '' : `  × ${ratio.toFixed(2)}${aimed}`
      return `${name.padEnd(width)}  ${value.toFixed(1).padStart(8)} ${unit}${valued}${cpu}${stand}`
    })
    .join('\n')
}

const bound = (side: 'at most' | 'at least', value: number | undefined) =>
  value === undefined ? '' : ` (${side} ${value})`

await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
