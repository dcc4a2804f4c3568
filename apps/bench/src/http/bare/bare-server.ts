import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ended } from '../program.ts'
import type { BareOrder, BareReport, BareStart } from './protocol.ts'

export type BareServer = {
  readonly port: number
  readonly pid: number
  pay(order: BareOrder): Promise<{ seconds: number; cpuMs: number }>
}

/** Runs what the platform is held against in a process of its own, and ends it afterwards. */
export async function withBareServer<T>(start: BareStart, use: (server: BareServer) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./main.ts', import.meta.url))], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    child.send(start)
    const { port } = await reported(child, 'listening')
    return await use({
      port,
      pid: child.pid!,
      async pay(order) {
        child.send(order)
        const { seconds, cpuMs } = await reported(child, 'paid')
        return { seconds, cpuMs }
      },
    })
  } finally {
    await ended(child)
  }
}

async function reported<K extends BareReport['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<BareReport, { kind: K }>> {
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`The bare server ended with ${String(code)}.`)
  })
  exited.catch(() => {})
  const [report] = (await Promise.race([once(child, 'message'), exited])) as [BareReport]
  if (report.kind !== kind) throw new Error(`The bare server said ${report.kind} instead of ${kind}.`)
  return report as Extract<BareReport, { kind: K }>
}
