/**
 * Runs a program of one of the apps: `node run.mjs <app> <file> [--watch] [arguments]`. It needs Node and the installed
 * dependencies only, so that every script of the root works with npm as well as with pnpm.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { root, toolEnvironment } from './toolchain.mjs'

const [app, file, ...given] = process.argv.slice(2)
const isWatching = given[0] === '--watch'
const args = (isWatching ? given.slice(1) : given).filter((argument, index) => index > 0 || argument !== '--')

if (!existsSync(`${root}/apps/${app}/node_modules`) || !existsSync(`${root}/packages/db/src/generated`)) {
  console.error('Nothing is installed and built yet. Run npm start first, or npm test.')
  process.exit(1)
}
const program = spawn(
  process.execPath,
  [...(isWatching ? ['--watch'] : []), '--import', 'tsx', `src/${file}.ts`, ...args],
  {
    cwd: `${root}/apps/${app}`,
    env: { ...toolEnvironment(), INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
    stdio: 'inherit',
  },
)
// A terminal sends Ctrl-C to both processes; a supervisor sends SIGTERM to this one only.
process.on('SIGTERM', () => program.kill('SIGTERM'))
process.on('SIGINT', () => {})
program.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
