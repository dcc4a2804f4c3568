import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Result } from '../benchmark.ts'
import { figure } from './figure.ts'
import type { NetworkDatabase } from './network-database.ts'

const program = fileURLToPath(new URL('restart-main.ts', import.meta.url))

/** How long a process takes from its start until the writer of the tree has its index and could place somebody, and its most memory. */
export async function measureRestart({ url }: NetworkDatabase, suffix: string): Promise<Result[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program, url])
  const { seconds, mebibytes } = JSON.parse(stdout) as { seconds: number; mebibytes: number }
  return [
    figure(`network.restart.${suffix}`, seconds, 's', { aim: { valueAtMost: 10 } }),
    figure(`network.restart.${suffix}.memory`, mebibytes, 'MiB', { aim: { valueAtMost: 600 } }),
  ]
}
