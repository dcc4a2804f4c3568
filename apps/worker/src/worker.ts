import { createNetworkWriter, type Platform } from '@ev/application'
import { consumeAll } from './consume.ts'
import { unmeasured, type WorkerMetrics } from './metrics.ts'
import { startSchedules } from './schedules.ts'

const graceMs = 20_000

/** Starts the consumers and the schedules on an open platform; closing finishes what is in hand. */
export async function startWorker(
  { deps, transport, relay }: Platform,
  metrics: WorkerMetrics = unmeasured,
): Promise<{ close(): Promise<void> }> {
  const subscriptions = await consumeAll({ ...deps, networkWriter: createNetworkWriter(deps) }, transport, metrics)
  const schedules = startSchedules(deps, metrics)
  relay.wake()
  return {
    async close() {
      await Promise.all([
        schedules.close({ graceMs }),
        ...subscriptions.map((subscription) => subscription.close({ graceMs })),
      ])
    },
  }
}
