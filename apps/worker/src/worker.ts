import { createNetworkWriter, type Platform } from '@ev/application'
import { consumeAll } from './consume.ts'
import { unmeasured, type WorkerMetrics } from './metrics.ts'
import { type Schedule, scheduleCatalogue } from './schedules/catalogue.ts'
import { createSchedules } from './schedules/schedules.ts'

const graceMs = 20_000
const betweenLooksMs = 500

export type WorkerOptions = { readonly metrics?: WorkerMetrics; readonly schedules?: readonly Schedule[] }

/** Starts the consumers and the schedules on an open platform; closing finishes what is in hand. */
export async function startWorker(
  { deps, transport, relay }: Platform,
  { metrics = unmeasured, schedules: catalogue = scheduleCatalogue }: WorkerOptions = {},
): Promise<{ close(): Promise<void> }> {
  const subscriptions = await consumeAll({ ...deps, networkWriter: createNetworkWriter(deps) }, transport, metrics)
  const schedules = createSchedules(deps, { schedules: catalogue, metrics })
  const looking = setInterval(() => void schedules.look(), betweenLooksMs)
  relay.wake()
  return {
    async close() {
      clearInterval(looking)
      await Promise.all([
        schedules.close({ graceMs }),
        ...subscriptions.map((subscription) => subscription.close({ graceMs })),
      ])
    },
  }
}
