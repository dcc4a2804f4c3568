import type { Result } from '../benchmark.ts'
import { figure } from './figure.ts'
import type { GrowingNetwork } from './grow-network.ts'
import type { NetworkDatabase } from './network-database.ts'

const monthMs = 31 * 86_400_000

/** The next month begins: everybody whom the limit of the one before had stopped is matched, batch by batch as the worker does it. */
export async function measureMonthStart(
  { deps: { db, clock } }: NetworkDatabase,
  network: GrowingNetwork,
  suffix: string,
): Promise<Result[]> {
  const before = await db.read.pair.count()
  clock.advance(monthMs)
  const { seconds, cpuMs, batches } = await network.finish()
  const pairs = (await db.read.pair.count()) - before
  return [
    figure(`network.month_start.${suffix}`, seconds, 's'),
    figure(`network.month_start.${suffix}.batch`, (1_000 * seconds) / Math.max(1, batches), 'ms'),
    figure(`network.match.${suffix}`, pairs / seconds, 'pairs/s', { cpuMsPerOp: cpuMs / Math.max(1, pairs) }),
  ]
}
