import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '@ev/testing'

/** A server of one's own, on a free port and with a folder of its own, that may be killed and started again. */
export type OwnServer = {
  readonly url: string
  kill(): Promise<void>
  /** Starts it on what is left in its folder, and waits until it answers. */
  start(): Promise<void>
  /** Ends it for good and removes its folder. */
  remove(): Promise<void>
}

const answersWithinMs = 60_000

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'ev-faults-'))
}

export async function ownServer({
  url,
  port,
  folder,
  command,
  args,
}: {
  url: string
  port: number
  folder: string
  command: string
  args: readonly string[]
}): Promise<OwnServer> {
  let child: ChildProcess
  let exited: Promise<unknown>

  async function start() {
    child = spawn(command, [...args], { stdio: 'ignore' })
    exited = new Promise((resolve) => child.on('exit', resolve))
    child.on('error', () => {})
    await until(() => listens(port), { timeoutMs: answersWithinMs })
  }
  async function kill() {
    child.kill('SIGKILL')
    await exited
  }

  await start()
  return {
    url,
    start,
    kill,
    async remove() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 })
    const end = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
    socket.on('timeout', () => end(false))
  })
}
