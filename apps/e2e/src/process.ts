import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** One program of the platform, that may be ended and started again. */
export type RunningProcess = {
  readonly pid: number
  /** What it has printed so far, in all its lives. */
  output(): string
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
  /** Asks it to end and waits; answers its exit code. */
  stop(): Promise<number | null>
  /** Runs it again, after its end, and waits until it is ready. */
  start(): Promise<void>
}

type Life = { readonly child: ChildProcess; readonly exited: Promise<number | null> }

export type Environment = Readonly<Record<string, string>>

/** Starts a program of `apps/<app>` and waits until it prints `ready`. */
export async function startProcess(
  app: 'api' | 'worker' | 'standalone',
  { env, ready }: { env: Environment; ready: RegExp },
): Promise<RunningProcess> {
  let printed = ''

  async function live(): Promise<Life> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      cwd: `${root}/apps/${app}`,
      env: { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
    let fresh = ''
    const isReady = new Promise<void>((resolve, reject) => {
      const look = (chunk: Buffer) => {
        const text = chunk.toString()
        printed = (printed + text).slice(-2_000_000)
        fresh = (fresh + text).slice(-20_000)
        if (ready.test(fresh)) resolve()
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      void exited.then((code) => reject(new Error(`${app} ended with ${code} before it was ready:\n${fresh}`)))
    })
    isReady.catch(() => {})
    await isReady
    return { child, exited }
  }

  let life = await live()
  function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    life.child.kill(signal)
    return life.exited
  }
  return {
    get pid() {
      return life.child.pid!
    },
    output: () => printed,
    kill: () => end('SIGKILL').then(() => {}),
    stop: () => end('SIGTERM'),
    async start() {
      life = await live()
    },
  }
}

export type Command = 'db-migrate' | 'ledger-verify' | 'tree-verify' | 'create-superuser' | 'queue-resend'

/** Runs one of the commands of `apps/cli` to its end, or to the moment when `signal` kills it. */
export function runCommand(
  name: Command,
  { env, args = [], signal }: { env: Environment; args?: readonly string[]; signal?: AbortSignal },
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', `src/${name}.ts`, ...args], {
      cwd: `${root}/apps/cli`,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      ...(signal && { signal }),
    })
    let output = ''
    const note = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', note)
    child.stderr.on('data', note)
    // Being killed by the signal is told as an error as well; the exit says it all.
    child.on('error', () => {})
    child.on('exit', (code) => resolve({ code, output }))
  })
}
