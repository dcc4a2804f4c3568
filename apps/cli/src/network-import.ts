import { parseArgs } from 'node:util'
import { ImportRefused, type ImportResult, importNetwork } from '@ev/application'
import { createLogger, systemClock, systemIds } from '@ev/runtime'
import { databaseCommand } from './command.ts'
import { fromHere } from './paths.ts'
import { progressBar } from './progress-bar.ts'
import { readMembersFile } from './read-members.ts'

// `pnpm network:import -- members.csv`: loads a network (member, sponsor, joined_at, side) into the database of the configuration. Interrupted,
// run it again with the same file. See docs/network-import.md.
const { positionals } = parseArgs({ args: process.argv.slice(2).filter((one) => one !== '--'), allowPositionals: true })

await databaseCommand(async ({ db }) => {
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new Error('Name one file: pnpm network:import -- members.csv')
  const startedAt = performance.now()
  const { progress, clear } = progressBar()
  try {
    const log = createLogger({ level: 'warn', pretty: true })
    const result = await importNetwork(
      { db, clock: systemClock, ids: systemIds, log },
      { records: () => readMembersFile(fromHere(file)), progress },
    )
    clear()
    return report(result, performance.now() - startedAt)
  } catch (error) {
    clear()
    if (!(error instanceof ImportRefused)) throw error
    console.error(`✗ ${error.message}`)
    return 1
  }
})

function report(result: ImportResult, durationMs: number): number {
  if (result.kind === 'imported') {
    const seconds = (durationMs / 1000).toFixed(1)
    console.log(`✓ ${result.members} members imported, ${result.pairs} pairs made (${seconds} s)`)
    return 0
  }
  for (const { line, field, problem } of result.problems) console.error(`✗ line ${line}, ${field}: ${problem}`)
  const more = result.problemCount - result.problems.length
  console.error(`${more > 0 ? `… and ${more} more. ` : ''}Nothing was imported.`)
  return 1
}
