import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Result } from '../benchmark.ts'
import { deployedPrograms } from '../deployed.ts'
import { figure } from './figure.ts'
import type { NetworkDatabase } from './network-database.ts'

/** How long a process takes from its start until the writer of the tree has its index and could place somebody, and its most memory; bundled as it is deployed. */
export async function measureRestart({ url }: NetworkDatabase, suffix: string): Promise<Result[]> {
  const { folder, nodeOptions, env } = await deployedPrograms()
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, 'dist/restart.mjs', url], {
    cwd: folder,
    env: { ...process.env, ...env },
  })
  const { seconds, mebibytes } = JSON.parse(stdout) as { seconds: number; mebibytes: number }
  return [
    figure(`network.restart.${suffix}`, seconds, 's', { aim: { valueAtMost: 10 } }),
    figure(`network.restart.${suffix}.memory`, mebibytes, 'MiB', { aim: { valueAtMost: 600 } }),
  ]
}
