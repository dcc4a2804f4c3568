import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { deployedPrograms } from '../deployed.ts'

export type Program = { readonly pid: number; stop(): Promise<void> }

const startLimitMs = 60_000

/** Starts a program as it is deployed, its log in a file, and waits until that says `ready`. */
export async function startProgram(
  app: 'api' | 'worker',
  { env, log, ready }: { env: Readonly<Record<string, string>>; log: string; ready: string },
): Promise<Program> {
  const { folder, nodeOptions, env: ofImage } = await deployedPrograms()
  const file = openSync(log, 'a')
  const child = spawn(process.execPath, [...nodeOptions, `dist/${app}.mjs`], {
    cwd: folder,
    env: { ...process.env, ...ofImage, ...env },
    stdio: ['ignore', file, file],
  })
  closeSync(file)
  const startedAt = performance.now()
  while (!readFileSync(log, 'utf8').includes(ready)) {
    if (child.exitCode !== null || performance.now() - startedAt > startLimitMs)
      throw new Error(`${app} did not start:\n${readFileSync(log, 'utf8').slice(-2_000)}`)
    await pause(50)
  }
  return { pid: child.pid!, stop: () => ended(child) }
}

/** Asks a process to end and waits until it has. */
export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.on('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
