import { type ChildProcess, spawn } from 'node:child_process'
import { type Place, removePlace } from '@ev/e2e'
import { isListening, until } from '@ev/testing'

/** A server of one's own, on a free port and in a place of its own, that may be killed and started again. */
export type OwnServer = {
  readonly url: string
  kill(): Promise<void>
  /** Starts it on what is left in its folder, and waits until it answers. */
  start(): Promise<void>
  /** Ends it for good and removes its place. */
  remove(): Promise<void>
}

const answersWithinMs = 60_000

export async function ownServer({
  url,
  port,
  place,
  command,
  args,
}: {
  url: string
  port: number
  place: Place
  command: string
  args: readonly string[]
}): Promise<OwnServer> {
  let child: ChildProcess
  let exited: Promise<unknown>

  async function start() {
    child = spawn(command, [...args], { stdio: 'ignore' })
    exited = new Promise((resolve) => child.on('exit', resolve))
    child.on('error', () => {})
    await until(() => isListening(port), { timeoutMs: answersWithinMs })
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
      await removePlace(place)
    },
  }
}
