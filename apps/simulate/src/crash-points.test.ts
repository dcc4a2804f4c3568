import {
  cancelBooking,
  confirmPayment,
  createBatch,
  expireBookings,
  makePayment,
  placeBooking,
  refundPayment,
  requestPayout,
  takePaymentEvent,
  verifyLedger,
  verifyPayment,
  verifyTree,
} from '@ev/application'
import type { HandlerName } from '@ev/messaging'
import { expect, test } from 'vitest'
import { signedCheckout } from './outside/gateway.ts'
import { admin } from './steps/clients/actors.ts'
import { committedVersion, everything, openScene, type Scene } from './testing/scene.ts'
import { scratchForSuite } from './testing/scratch.ts'

const { newFile } = scratchForSuite()

/** Sets a scene and answers the one thing that is done in it, which may be done again when nobody heard its answer. */
type Path = (scene: Scene) => Promise<() => Promise<unknown>>

const money = { amount: null, reason: 'Asked for' }

/** The scene settles but for one handler, to which the rest of the messages is then handed over. */
const handling =
  (handler: HandlerName, prepare: (scene: Scene) => Promise<unknown>): Path =>
  async (scene) => {
    await prepare(scene)
    await scene.settle({ except: handler })
    return () => scene.deliver(handler)
  }

/** Asha has a pair, because Ravi and Meena have both bought. */
async function aPair(scene: Scene): Promise<{ bookingId: number; paymentId: number }> {
  await scene.buy(3, 5_000n)
  return scene.buy(4, 5_000n)
}

const paths: Record<string, Path> = {
  async 'place a booking that draws the EMI reserve'(scene) {
    await aPair(scene)
    await scene.settle()
    const command = scene.bookingOf(2, { months: 3, idempotency: scene.once() })
    return () => placeBooking(scene.platform.deps(), command)
  },
  async 'make a payment that confirms'(scene) {
    const bookingId = await scene.book(3, { months: 3 })
    const command = { actor: scene.actor(3), bookingId, amount: 6_000n, method: 'online', transactionId: null } as const
    const idempotency = scene.once()
    return () => makePayment(scene.platform.deps(), { ...command, idempotency })
  },
  async 'confirm a payment'(scene) {
    const paymentId = await scene.pay(3, await scene.book(3), 6_000n, 'cash')
    const idempotency = scene.once()
    return () => confirmPayment(scene.platform.deps(), { actor: admin, idempotency, paymentId })
  },
  async 'refund a payment with its bonus'(scene) {
    const { paymentId } = await scene.buy(3, 6_000n)
    await scene.settle()
    const idempotency = scene.once()
    return () => refundPayment(scene.platform.deps(), { actor: admin, idempotency, paymentId, ...money })
  },
  async 'cancel a booking with its bonus'(scene) {
    const { bookingId } = await scene.buy(3, 6_000n)
    await scene.settle()
    const idempotency = scene.once()
    return () => cancelBooking(scene.platform.deps(), { actor: scene.actor(3), idempotency, bookingId, reason: '' })
  },
  async 'expire a booking'(scene) {
    await scene.buy(3, 2_000n)
    scene.platform.clock.advance(31 * 86_400_000)
    return () => expireBookings(scene.platform.deps()).then(() => 'run')
  },
  'credit a referral': handling('payments.credit-referral', (scene) => scene.buy(3, 6_000n)),
  'place and match': handling('network.place-and-match', aPair),
  'credit a pair into an EMI booking': handling('pairs.credit', async (scene) => {
    await scene.book(2, { months: 3 })
    await aPair(scene)
  }),
  'reverse a pair': handling('pairs.reverse', async (scene) => {
    const { paymentId } = await aPair(scene)
    await scene.settle()
    await refundPayment(scene.platform.deps(), { actor: admin, idempotency: scene.once(), paymentId, ...money })
  }),
  async 'request a payout with EMI'(scene) {
    await scene.book(3, { months: 3 })
    await scene.deposit(3, 5_000n)
    const command = scene.payoutOf(3, 4_000n, scene.once(), { isEmi: true })
    return () => requestPayout(scene.platform.deps(), command)
  },
  async 'approve payouts as a batch'(scene) {
    await scene.deposit(3, 5_000n)
    await scene.askPayout(3, 2_000n)
    await scene.askPayout(3, 3_000n)
    const idempotency = scene.once()
    return () => createBatch(scene.platform.deps(), { actor: admin, payoutIds: null, idempotency })
  },
  'complete a payout': handling('payouts.transfer', async (scene) => {
    await scene.deposit(3, 5_000n)
    await scene.approve(await scene.askPayout(3, 4_000n))
  }),
  'fail a payout': handling('payouts.transfer', async (scene) => {
    await scene.deposit(3, 5_000n)
    await scene.approve(await scene.askPayout(3, 4_000n, { account: '000000000' }))
  }),
  'fill an EMI from a payout': handling('payouts.autofill-emi', async (scene) => {
    await scene.book(3, { months: 3 })
    await scene.deposit(3, 5_000n)
    await scene.approve(await scene.askPayout(3, 4_000n, { isEmi: true }))
  }),
  async 'verify a payment at the gateway'(scene) {
    const { gateway, clock } = scene.platform
    const payment = gateway.pay(await scene.order(3, await scene.book(3), 6_000n), clock.now())
    const command = { actor: scene.actor(3), idempotency: scene.once(), checkout: signedCheckout(payment) }
    return () => verifyPayment(scene.platform.deps(), command)
  },
  async 'give back what an expired booking cannot take'(scene) {
    const { gateway, clock } = scene.platform
    const order = await scene.order(3, await scene.book(3), 6_000n)
    clock.advance(31 * 86_400_000)
    const { paymentId, orderId, amount, paidAt: happenedAt } = gateway.pay(order, clock.now())
    const payment = { paymentId, orderId, amount, currency: 'INR' }
    const event = { id: 'event', type: 'payment.captured', happenedAt, fact: { kind: 'collected', payment } } as const
    return () => takePaymentEvent(scene.platform.deps(), { provider: gateway.name, event }).then(() => 'taken')
  },
  async 'publish the outbox'(scene) {
    await scene.buy(3, 6_000n)
    return () => scene.platform.relay(100)
  },
}

const idsOfTheAct = 99
const awaitsAtMost = 300

/** Does the act in a process that dies at `point`, and lets a new process live when it did. */
async function actUntil(
  scene: Scene,
  act: () => Promise<unknown>,
  point: Parameters<Scene['platform']['crash']['arm']>[0],
) {
  const { crash } = scene.platform
  scene.platform.reseedIds(idsOfTheAct)
  crash.arm(point)
  const answer = await act().catch((error: unknown) => {
    if (!crash.isDead()) throw error
  })
  const hasDied = crash.isDead()
  crash.arm(null)
  if (hasDied) await scene.platform.restart({ isCacheLost: true })
  return { hasDied, answer }
}

const text = (value: unknown) =>
  JSON.stringify(value, (key, each: unknown) =>
    key === 'replayed' ? undefined : typeof each === 'bigint' ? `${each}n` : each,
  )

async function expectClean(scene: Scene): Promise<void> {
  scene.platform.reseedIds(idsOfTheAct + 1)
  await scene.settle()
  scene.platform.clock.advance(60 * 60_000)
  const deps = scene.platform.deps()
  expect(await verifyLedger(deps, { progress: () => {}, settledAfterMs: 0 })).toEqual([])
  expect(await verifyTree(deps, { progress: () => {}, settledAfterMs: 0 })).toEqual([])
}

test.each(Object.entries(paths))(
  '%s: a crash at any await leaves nothing half done and is asked again',
  async (_name, path) => {
    const scene = await openScene(newFile('dying'))
    const act = await path(scene)
    const before = await committedVersion(scene.platform)
    let awaits = 0
    let answer: unknown
    for (;;) {
      const life = await actUntil(scene, act, { await: awaits + 1 })
      answer = life.answer
      if (!life.hasDied) break
      awaits += 1
      expect(await committedVersion(scene.platform), `await ${awaits}`).toBe(before)
      expect(awaits).toBeLessThan(awaitsAtMost)
    }
    expect(awaits).toBeGreaterThan(3)
    const right = await everything(scene.platform)
    await expectClean(scene)
    await scene.platform.close()

    // The same once more, and this time it dies when it has committed and nobody has heard of it.
    const unheard = await openScene(newFile('unheard'))
    const again = await path(unheard)
    expect((await actUntil(unheard, again, { commit: 1 })).hasDied).toBe(true)
    expect(await everything(unheard.platform)).toBe(right)
    const repeated = await actUntil(unheard, again, null)
    expect(text(repeated.answer)).toBe(text(answer))
    expect(await everything(unheard.platform)).toBe(right)
    await expectClean(unheard)
    await unheard.platform.close()
  },
  120_000,
)
