import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AttackedPlatform, attackedPlatform } from './attacks/attacked-platform.ts'
import { attackNetwork } from './attacks/network.ts'
import { attackPayments } from './attacks/payments.ts'
import { attackPayouts } from './attacks/payouts.ts'
import { attackByRefunds } from './attacks/refunds.ts'
import { attackByRepetition } from './attacks/repetition.ts'
import { attackByWebhooks } from './attacks/webhooks.ts'
import { describeOnServices } from './services.ts'
import { embeddedStack, type Stack, servicesStack } from './stacks.ts'

/** The attacks on money by a hundred callers at once, one after the other on one stack, and the verifiers at the end. */
function attackMoneyOn(start: () => Promise<Stack>): void {
  let platform: AttackedPlatform
  beforeAll(async () => {
    platform = await attackedPlatform(await start())
  })
  afterAll(() => platform?.stack.stop())

  for (const attack of [
    attackPayouts,
    attackPayments,
    attackByRepetition,
    attackByRefunds,
    attackByWebhooks,
    attackNetwork,
  ]) {
    attack(() => platform)
  }

  test('afterwards the books and the tree are as they should be', async () => {
    await platform.settled()
    const { ledger, tree } = await platform.stack.verify()
    expect(ledger).toMatch(/no differences/)
    expect(tree).toMatch(/no differences/)
  })
}

describe('a hundred attackers on the embedded default', () => {
  attackMoneyOn(embeddedStack)
})

describeOnServices('a hundred attackers on two api and two worker processes', () => {
  attackMoneyOn(() => servicesStack({ apis: 2, workers: 2 }))
})
