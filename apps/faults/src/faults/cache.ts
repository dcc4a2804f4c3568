import { setTimeout as pause } from 'node:timers/promises'
import { type ServicesStack, servicesStack } from '@ev/e2e'
import { shown, underLoad } from '../fault.ts'
import { ownRedis } from '../servers/own-redis.ts'
import type { OwnServer } from '../servers/own-server.ts'
import { services } from './stacks-of-faults.ts'

type OnOwnRedis = ServicesStack & { readonly redis: OwnServer }

const phaseMs = 8_000
const slowMs = 400
const tooSlowMs = 1_500

/** Log-ins need the cache and are refused; money does not, and goes on. Whoever comes after the restart finds an empty cache. */
export const cacheTroubles = underLoad<OnOwnRedis>({
  letter: 'l',
  title: 'Redis slow, too slow, down, and started again empty',
  on: services,
  async open() {
    const redis = await ownRedis()
    return { ...(await servicesStack({ apis: 1, workers: 1, servers: { redis: redis.url } })), redis }
  },
  async harm({ lines, redis }, load, { progress }) {
    const served: string[] = []
    const phase = async (name: string) => {
      progress(`Redis is ${name}`)
      const before = { payments: load.receipts.payments.size, members: load.receipts.members.size }
      await pause(phaseMs)
      const payments = load.receipts.payments.size - before.payments
      served.push(`${name}: ${payments} payments, ${load.receipts.members.size - before.members} log-ins`)
      return payments
    }
    lines.cache.slowDown(slowMs)
    const slow = await phase('slow')
    lines.cache.slowDown(tooSlowMs)
    const tooSlow = await phase('too slow')
    lines.cache.restore()
    await redis.kill()
    const down = await phase('down')
    await redis.start()
    return shown(slow > 0 && tooSlow > 0 && down > 0 && load.traffic.serverFaults > 0, served.join('; '))
  },
  close: ({ redis }) => redis.remove(),
})
