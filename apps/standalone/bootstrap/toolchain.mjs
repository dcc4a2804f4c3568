/**
 * What has to be there before any of our TypeScript can run: the pinned pnpm, the dependencies and the generated code.
 * Plain JavaScript with Node's own modules only, because nothing is installed yet when it runs.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const pinnedPnpm = manifest.packageManager
const installStamp = join(root, 'node_modules', '.installed-from')

export function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`)
    process.exit(1)
  }
}

/** The environment for every child: no telemetry, no engine download, and Node's own headers where they are installed, so that a native module can compile without fetching them. */
export function toolEnvironment() {
  const prefix = dirname(dirname(process.execPath))
  const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node.h'))
  return {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    npm_config_update_notifier: 'false',
    ...(hasHeaders && { npm_config_nodedir: prefix }),
  }
}

/** Runs a command in the repository's root and resolves with its exit code; with `quiet`, its output is shown only when it fails. */
export function run(command, args, { quiet = false, env = {}, cwd = root } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...toolEnvironment(), ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.on('error', fail)
    child.on('exit', (code, signal) => {
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(output))
      done(code ?? (signal ? 1 : 0))
    })
  })
}

/** The pinned pnpm. Its version is exact, so a cached copy is as good as the registry's, also where there is no network. */
export const pnpm = (args, options) => run('npx', ['--yes', '--prefer-offline', pinnedPnpm, ...args], options)

/** Says what is done while it is done, and how long it took. */
export async function step(title, work) {
  const isTerminal = process.stdout.isTTY
  const startedAt = performance.now()
  if (isTerminal) process.stdout.write(`  … ${title}`)
  const note = await work()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`${isTerminal ? '\r' : ''}  ✓ ${title} (${seconds} s)${note ? ` — ${note}` : ''}\n`)
}

/** Installs the locked dependencies when the lock file, pnpm or Node's native interface changed since the last time. */
export async function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .update(`${pinnedPnpm} ${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex')
  const has = existsSync(installStamp) ? readFileSync(installStamp, 'utf8') : ''
  if (has === wanted) return 'nothing to install'
  const code = await pnpm(['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'], {
    quiet: true,
  })
  if (code !== 0) throw new Error('The dependencies could not be installed; the output above says why.')
  mkdirSync(dirname(installStamp), { recursive: true })
  writeFileSync(installStamp, wanted)
  return pinnedPnpm
}

/** Generates the database clients when the schema changed. */
export async function generateClients() {
  const code = await run(process.execPath, ['packages/db/scripts/generate.mjs'], { quiet: true })
  if (code !== 0) throw new Error('The database clients could not be generated; the output above says why.')
}

/** Builds the console's static files when its sources, the API's description or a library changed. */
export async function buildConsole() {
  const code = await run(process.execPath, ['apps/admin/scripts/build.mjs'], { quiet: true })
  if (code !== 0) throw new Error('The console could not be built; the output above says why.')
}
