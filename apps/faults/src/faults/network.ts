import { secondPrefix } from '@ev/e2e'
import { until } from '@ev/testing'
import { shown, underLoad } from '../fault.ts'
import { longestWaitMs } from '../longest-wait.ts'
import { oneOfEach, services } from './stacks-of-faults.ts'

/**
 * Queues of its own make the second worker an active consumer beside the first, which the broker would else prevent: both relays share the
 * outbox, so that both network workers place members of one tree at the same time.
 */
export const twoNetworkWriters = underLoad({
  letter: 'h',
  title: 'two network workers at once',
  on: services,
  open: oneOfEach,
  async harm({ addWorker, broker, workers, db }, load, { progress }) {
    await addWorker({ AMQP_PREFIX: secondPrefix(broker.prefix) })
    const rebuilds = () => workers.map((worker) => worker.output().split('network index built').length - 1)
    await until(() => rebuilds().every((count) => count >= 10), { timeoutMs: longestWaitMs })
    progress('many ask for pairs at once')
    const asking = load.cast.people.slice(0, 10).flatMap(({ token }) => Array.from({ length: 5 }, () => token))
    const ask = (token: string) =>
      load.books.client.ask({ method: 'POST', path: '/api/binary/pairs/check_pairs/', token, body: {} })
    await Promise.all(asking.map(ask))
    const pairs = await db.read.pair.count()
    const text = `the index was rebuilt ${rebuilds().join(' and ')} times because the other had written, ${pairs} pairs`
    return shown(rebuilds().every((count) => count >= 10) && pairs > 0, text)
  },
})
