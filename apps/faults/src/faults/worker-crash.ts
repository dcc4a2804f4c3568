import { lineTo, type RunningProcess, type ServicesStack, servicesStack, through } from '@ev/e2e'
import { handlerCatalogue } from '@ev/messaging'
import type { TcpProxy } from '@ev/messaging/testing'
import { until } from '@ev/testing'
import { shown, underLoad } from '../fault.ts'
import { longestWaitMs } from '../longest-wait.ts'
import { hold } from './holds.ts'
import { services } from './stacks-of-faults.ts'

type WithWorkerLine = ServicesStack & { readonly worker: RunningProcess; readonly workerLine: TcpProxy }

async function withWorkerLine(): Promise<WithWorkerLine> {
  const stack = await servicesStack({ apis: 1, workers: 0 })
  const workerLine = await lineTo(stack.broker.url)
  const worker = await stack.addWorker({ AMQP_URL: through(workerLine, stack.broker.url) })
  return { ...stack, worker, workerLine }
}

const names = [...handlerCatalogue['network.place-and-match'].messages]
const scope = 'handler:network.place-and-match'
const inHand = 200
const joiners = 8

/**
 * The tree's head is locked, so that messages gather in the worker's hand. Then nothing it says reaches the broker any more, the lock is
 * released, the batch commits, and the worker dies with every acknowledgement unsent.
 */
export const workerDiesBeforeItsAck = underLoad<WithWorkerLine>({
  letter: 'b',
  title: `kill -9 the worker after commit and before ack, ${inHand} messages in hand`,
  on: services,
  open: withWorkerLine,
  async harm({ db, worker, workerLine }, load, { progress }) {
    const handled = () => db.read.idempotencyRecord.count({ where: { scope } })
    const told = () => db.read.outboxMessage.count({ where: { name: { in: names }, publishedAt: { not: null } } })
    const head = await hold(db, (tx) => tx.$queryRaw`SELECT version FROM network_head FOR UPDATE`)
    const before = await handled()
    let isEnough = false
    const joining = Array.from({ length: joiners }, async () => {
      while (!isEnough) await load.joinOne()
    })
    await until(
      async () => {
        const waiting = (await told()) - before
        progress(`${waiting} messages in hand`)
        return waiting >= inHand
      },
      { timeoutMs: longestWaitMs },
    )
    isEnough = true
    await Promise.all(joining)
    workerLine.stall('to_server')
    await head.release()
    await until(async () => (await handled()) - before >= inHand, { timeoutMs: longestWaitMs })
    const committed = (await handled()) - before
    await worker.kill()
    workerLine.cut()
    workerLine.restore()
    await worker.start()
    return shown(committed >= inHand, `${committed} messages were committed and not acknowledged when the worker died`)
  },
  close: ({ workerLine }) => workerLine.close(),
})
