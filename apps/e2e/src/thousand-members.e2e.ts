import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { joinMany } from './members.ts'
import { describeOnServices } from './services.ts'
import { expectEqualToSlowModel, settled } from './slow-comparison.ts'
import { embeddedStack, type ServicesStack, type Stack, servicesStack } from './stacks.ts'

const count = 1_000
const callers = 20

async function expectTheWholeJob(
  stack: Stack,
  { seed, onProgress }: { seed: number; onProgress?: (joined: number) => void },
): Promise<void> {
  const startedAt = performance.now()
  const members = await joinMany(stack.urls, { count, callers, seed, ...(onProgress && { onProgress }) })
  const joinedAt = performance.now()
  await settled(stack.db, { members: count + 1 })
  const settledAt = performance.now()
  await expectEqualToSlowModel(stack.db, members, { callers })
  const { ledger, tree } = await stack.verify()
  expect(ledger).toMatch(/no differences/)
  expect(tree).toMatch(/no differences/)
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  console.log(
    `${stack.name}: ${count} members joined in ${seconds(joinedAt - startedAt)} s, settled ${seconds(settledAt - joinedAt)} s later, compared and verified in ${seconds(performance.now() - settledAt)} s`,
  )
}

describe('a thousand members on the embedded default', () => {
  let stack: Stack
  beforeAll(async () => {
    stack = await embeddedStack()
  })
  afterAll(() => stack.stop())

  test('every position, leg, pair and wallet is the slow model’s', () => expectTheWholeJob(stack, { seed: 1 }))
})

describeOnServices('a thousand members on MariaDB, Redis and RabbitMQ', () => {
  let stack: Stack
  beforeAll(async () => {
    stack = await servicesStack({ apis: 1, workers: 1 })
  })
  afterAll(() => stack.stop())

  test('every position, leg, pair and wallet is the slow model’s', () => expectTheWholeJob(stack, { seed: 2 }))
})

describeOnServices('two api and two worker processes', () => {
  let stack: ServicesStack
  beforeAll(async () => {
    stack = await servicesStack({ apis: 2, workers: 2 })
  })
  afterAll(() => stack.stop())

  test('a worker that is killed and a broker that is away in the middle change nothing', async () => {
    const disturbances: Promise<void>[] = []
    let isBrokerAway = false
    await expectTheWholeJob(stack, {
      seed: 3,
      onProgress(joined) {
        if (joined === 200) disturbances.push(replaceWorker(stack))
        if (joined === 500 && !isBrokerAway) {
          isBrokerAway = true
          stack.lines.broker.cut()
          disturbances.push(restoreLater(stack))
        }
      },
    })
    await Promise.all(disturbances)
  })
})

async function replaceWorker(stack: ServicesStack): Promise<void> {
  await stack.workers[0]!.kill()
  await stack.addWorker()
}

/** The broker stays away for thirty seconds, a fault of that length and not a wait for something to be ready. */
function restoreLater(stack: ServicesStack): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      stack.lines.broker.restore()
      resolve()
    }, 30_000)
  })
}
