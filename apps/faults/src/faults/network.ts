import { randomBytes } from 'node:crypto'
import { removeQueues, type ServicesStack, servicesStack } from '@ev/e2e'
import { until } from '@ev/testing'
import { shown, underLoad } from '../fault.ts'
import { services } from './stacks-of-faults.ts'

type WithSecondWriter = ServicesStack & { readonly otherPrefix: string }

/**
 * Queues of its own make the second worker an active consumer beside the first, which the broker would else prevent: both relays share the
 * outbox, so that both network workers place members of one tree at the same time.
 */
export const twoNetworkWriters = underLoad<WithSecondWriter>({
  letter: 'h',
  title: 'two network workers at once',
  on: services,
  async open() {
    const stack = await servicesStack({ apis: 1, workers: 1 })
    return { ...stack, otherPrefix: `ev-e2e-${randomBytes(4).toString('hex')}.` }
  },
  async harm({ addWorker, otherPrefix, workers, db }, load, { progress }) {
    await addWorker({ AMQP_PREFIX: otherPrefix })
    const rebuilds = () => workers.map((worker) => worker.output().split('network index built').length - 1)
    await until(() => rebuilds().every((count) => count >= 10), { timeoutMs: 120_000 })
    progress('many ask for pairs at once')
    const asking = load.cast.people.slice(0, 10).flatMap(({ token }) => Array.from({ length: 5 }, () => token))
    const ask = (token: string) =>
      load.books.client.ask({ method: 'POST', path: '/api/binary/pairs/check_pairs/', token, body: {} })
    await Promise.all(asking.map(ask))
    const pairs = await db.read.pair.count()
    const text = `the index was rebuilt ${rebuilds().join(' and ')} times because the other had written, ${pairs} pairs`
    return shown(rebuilds().every((count) => count >= 10) && pairs > 0, text)
  },
  close: ({ otherPrefix }) => removeQueues(otherPrefix),
})
