/** The checks that run no test. Each is one command; what it prints is shown when it fails. */
import { pnpm } from './toolchain.mjs'

const checks = [
  { name: 'format and lint', command: ['exec', 'biome', 'check', '.'] },
  {
    name: 'package boundaries',
    command: ['exec', 'depcruise', 'apps', 'packages', '--config', '.dependency-cruiser.mjs'],
  },
  { name: 'unused code and dependencies', command: ['exec', 'knip'] },
  { name: 'types', command: ['exec', 'turbo', 'run', 'typecheck', '--concurrency=2', '--output-logs=errors-only'] },
]

/** Runs all of them, also after one has failed. */
export async function runChecks() {
  const totals = { passed: 0, failed: 0 }
  for (const { name, command } of checks) {
    const code = await pnpm(command, { quiet: true })
    console.log(`  ${code === 0 ? '✓' : '✗'} ${name}`)
    if (code === 0) totals.passed += 1
    else totals.failed += 1
  }
  return totals
}
