import { openBareDriver } from '@ev/db/testing/bare-driver'
import type { BenchmarkOptions, Result } from '../benchmark.ts'
import { type FilledLedger, withFilledLedgers } from './filled-ledgers.ts'
import { type Verifier, verifyInProcess } from './verifier-process.ts'

const manyLines = 1_000_000
const fewLines = 20_000

/** What a million lines may take. */
const mostSeconds = 60
const mostMemoryMiB = 400

/**
 * Both verifiers over a consistent ledger of a million journal lines on each database, in a process of their own as the commands are. Seconds
 * are held against the bare driver reading the same lines once; besides, lines a second, processor time and the most memory that was used.
 */
export async function measureVerify({ isQuick, progress }: BenchmarkOptions): Promise<Result[]> {
  const results: Result[] = []
  await withFilledLedgers({ journalLines: isQuick ? fewLines : manyLines, progress }, async (ledger) => {
    progress(`reading the journal once on ${ledger.database}`)
    const limit = await secondsOfReading(ledger)
    for (const verifier of ['ledger', 'tree'] as const) {
      progress(`${verifier} on ${ledger.database}`)
      results.push(...(await measureVerifier(verifier, { ledger, limit })))
    }
  })
  return results
}

async function secondsOfReading({ url, journalLines }: FilledLedger): Promise<number> {
  const driver = await openBareDriver(url)
  try {
    const start = performance.now()
    const count = await driver.readJournal()
    if (count !== journalLines) throw new Error(`The journal has ${count} lines instead of ${journalLines}.`)
    return (performance.now() - start) / 1_000
  } finally {
    await driver.close()
  }
}

async function measureVerifier(
  verifier: Verifier,
  { ledger, limit }: { ledger: FilledLedger; limit: number },
): Promise<Result[]> {
  const { seconds, cpuSeconds, peakMiB, differences } = await verifyInProcess(verifier, ledger)
  if (differences > 0) throw new Error(`The ${verifier} verifier found ${differences} differences in a clean ledger.`)
  const name = `verify.${verifier}.${ledger.database}`
  const figure = { limit: null, ratio: null, cpuMsPerOp: null, aim: {} }
  return [
    { ...figure, name, value: seconds, unit: 's', limit, ratio: seconds / limit, aim: { valueAtMost: mostSeconds } },
    { ...figure, name: `${name}.lines`, value: ledger.journalLines / seconds, unit: 'lines/s' },
    { ...figure, name: `${name}.cpu`, value: cpuSeconds, unit: 's' },
    { ...figure, name: `${name}.memory`, value: peakMiB, unit: 'MiB', aim: { valueAtMost: mostMemoryMiB } },
  ]
}
