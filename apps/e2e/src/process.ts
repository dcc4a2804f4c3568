import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** One running program of the platform. */
export type RunningProcess = {
  readonly pid: number
  /** What it has printed so far. */
  output(): string
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
  /** Asks it to end and waits; answers its exit code. */
  stop(): Promise<number | null>
}

/** Starts a program of `apps/<app>` and waits until it prints `ready`. */
export async function startProcess(
  app: 'api' | 'worker' | 'standalone',
  { env, ready }: { env: Readonly<Record<string, string>>; ready: RegExp },
): Promise<RunningProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: `${root}/apps/${app}`,
    env: { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
  const isReady = new Promise<void>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-200_000)
      if (ready.test(printed)) resolve()
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    void exited.then((code) => reject(new Error(`${app} ended with ${code} before it was ready:\n${printed}`)))
  })
  isReady.catch(() => {})
  await isReady
  return {
    pid: child.pid!,
    output: () => printed,
    kill: () => end(child, 'SIGKILL', exited).then(() => {}),
    stop: () => end(child, 'SIGTERM', exited),
  }
}

function end(
  child: ChildProcess,
  signal: 'SIGKILL' | 'SIGTERM',
  exited: Promise<number | null>,
): Promise<number | null> {
  child.kill(signal)
  return exited
}

/** Runs one of the commands of `apps/cli` to its end. */
export function runCommand(
  name: 'db-migrate' | 'ledger-verify' | 'tree-verify',
  { env, args = [] }: { env: Readonly<Record<string, string>>; args?: readonly string[] },
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', `src/${name}.ts`, ...args], {
      cwd: `${root}/apps/cli`,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.on('exit', (code) => resolve({ code, output }))
  })
}
