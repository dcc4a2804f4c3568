import { silentLog } from '../testing/builders.ts'
import { createMemoryDeliveryStore } from '../testing/memory-delivery-store.ts'
import { transportContract } from '../testing/transport-contract.ts'
import { contractPolicyOf } from '../testing/transport-harness.ts'
import { createDatabaseTransport } from './transport.ts'

transportContract('Database', async () => {
  const store = createMemoryDeliveryStore()
  const clock = { now: () => new Date() }
  return {
    open: () =>
      createDatabaseTransport({ store, clock, log: silentLog, pollMs: 5, leaseMs: 5_000, policyOf: contractPolicyOf }),
    async inject(handler, text) {
      const envelope: { id: string } = JSON.parse(text)
      await store.insert([{ messageId: envelope.id, handler, envelope, availableAt: clock.now() }])
    },
    async cleanUp() {},
  }
})
