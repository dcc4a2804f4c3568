/** `npm start`: from a fresh clone to the running platform. Arguments go on to the platform (`--fresh`). */
import { spawn } from 'node:child_process'
import {
  buildConsole,
  generateClients,
  installDependencies,
  refuseOldNode,
  root,
  step,
  toolEnvironment,
} from './toolchain.mjs'

refuseOldNode()
try {
  await step('Dependencies', installDependencies)
  await step('Database clients', generateClients)
  await step('Console', buildConsole)
} catch (error) {
  console.error(`\n${error.message}`)
  process.exit(1)
}

const platform = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', ...process.argv.slice(2)], {
  cwd: `${root}/apps/standalone`,
  env: { ...toolEnvironment(), INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
  stdio: 'inherit',
})
// A terminal sends Ctrl-C to both processes; a supervisor sends SIGTERM to this one only.
process.on('SIGTERM', () => platform.kill('SIGTERM'))
process.on('SIGINT', () => {})
platform.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
