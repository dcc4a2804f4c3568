import { createNetworkWriter, type Platform } from '@ev/application'
import { consumeAll } from './consume.ts'
import { startSchedules } from './schedules.ts'

const graceMs = 20_000

/** Starts the consumers and the schedules on an open platform; closing finishes what is in hand. */
export async function startWorker({ deps, transport, relay }: Platform): Promise<{ close(): Promise<void> }> {
  const subscriptions = await consumeAll({ ...deps, networkWriter: createNetworkWriter(deps) }, transport)
  const schedules = startSchedules(deps)
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
