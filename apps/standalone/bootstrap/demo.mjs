/** `pnpm demo [URL]`, or `npm run demo -- [URL]` where no pnpm is installed. */
import { spawn } from 'node:child_process'
import { root, toolEnvironment } from './toolchain.mjs'

const demo = spawn(process.execPath, ['--import', 'tsx', 'src/demo/main.ts', ...process.argv.slice(2)], {
  cwd: `${root}/apps/standalone`,
  env: toolEnvironment(),
  stdio: 'inherit',
})
demo.on('exit', (code) => process.exit(code ?? 1))
