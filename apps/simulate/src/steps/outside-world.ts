import { createPlan, importResults, takeBankEvent, takePaymentEvent, verifyPayment } from '@ev/application'
import type { Chance } from '../chance.ts'
import { daysLater } from '../model/calendar.ts'
import { collect, takeEvent } from '../model/payments.ts'
import { settle } from '../model/payouts.ts'
import { refuseIf } from '../model/refused.ts'
import { known, type Model, planAt } from '../model/state.ts'
import type { Operation } from '../operation.ts'
import { signedCheckout } from '../outside/gateway.ts'
import type { SimulatedPlatform } from '../platform.ts'
import { admin } from './clients/actors.ts'
import { planChange } from './plan-settings.ts'

type Outside = { readonly model: Model; readonly platform: SimulatedPlatform; readonly chance: Chance }

/** The gateway tells of a payment by an event, or the client comes back from the checkout; either may come twice, late, or alone. */
export function hearOfPayment({ model, platform, chance }: Outside): Operation | null {
  const { gateway, clock } = platform
  const open = [...model.orders.keys()]
  if (open.length === 0) return null
  if (gateway.payments.length === 0 || chance.isLucky(0.5)) gateway.pay(chance.pick(open), clock.now())
  const payment = chance.pick(gateway.payments)
  const { orderId: order, paymentId, amount, paidAt: happenedAt } = payment
  const booking = known(model.bookings, known(model.orders, order).booking)
  if (chance.isLucky(0.5)) {
    const id = `captured-${paymentId}-${chance.between(1, 2)}`
    const fact = { kind: 'collected', payment: { paymentId, orderId: order, amount, currency: 'INR' } } as const
    return {
      name: 'event of the gateway',
      facts: `${paymentId} for ${order}`,
      async ask(deps) {
        const event = { id, type: 'payment.captured', happenedAt, fact }
        await takePaymentEvent(deps, { provider: gateway.name, event })
        return 'taken'
      },
      expect(expected, now) {
        takeEvent(expected, { id, order, paymentId, happenedAt }, now)
        return 'taken'
      },
    }
  }
  let isAway = false
  return {
    name: 'verify payment',
    facts: `${paymentId} for ${order}`,
    async ask(deps, idempotency) {
      const actor = { userId: booking.member, role: 'user', isSuperuser: false } as const
      isAway = true
      const { id } = (await verifyPayment(deps, { actor, idempotency, checkout: signedCheckout(payment) })).value
      isAway = false
      return { id }
    },
    expect(expected, now) {
      refuseIf(isAway, 'service.unavailable')
      return { id: collect(expected, { order, paymentId }, now) }
    },
  }
}

/** The bank tells of a transfer. */
export function hearOfTransfer({ platform, chance }: Outside): Operation | null {
  const { bank } = platform
  if (bank.transfers.size === 0) return null
  const reference = chance.pick([...bank.transfers.keys()])
  const event = bank.finish(reference)
  return {
    name: 'event of the bank',
    facts: `${reference} ${event.result.state}`,
    ask: async (deps) => takeBankEvent(deps, { provider: 'bank', event }).then(() => 'taken'),
    expect(expected, now) {
      if (!expected.events.has(event.id)) {
        expected.events.add(event.id)
        const id = Number(reference.slice('payout-'.length))
        if (known(expected.payouts, id).batch === null) settle(expected, { id, result: event.result }, now)
      }
      return 'taken'
    },
  }
}

/** An admin imports what a bank's file says of a batch, in part and again at times. */
export function importABatch({ model, chance }: Outside): Operation | null {
  const batched = [...model.payouts.values()].filter(({ batch }) => batch !== null)
  if (batched.length === 0) return null
  const batchId = chance.pick(batched).batch!
  return importing(
    batchId,
    batched.filter(({ batch }) => batch === batchId && chance.isLucky(0.8)).map(({ id }) => id),
  )
}

/** The whole file of every batch that has payouts without a result. */
export function restOfBatches({ payouts }: Model): Operation[] {
  const open = [...payouts.values()].filter(({ batch, status }) => batch !== null && status === 'processing')
  const batches = [...new Set(open.map(({ batch }) => batch!))]
  return batches.map((batch) =>
    importing(
      batch,
      open.filter((payout) => payout.batch === batch).map(({ id }) => id),
    ),
  )
}

function importing(batchId: number, payoutIds: readonly number[]): Operation {
  // What a file says of a payout is the same in every copy of it.
  const isFailed = (id: number) => id % 5 === 0
  const lines = payoutIds.map((id, line) => ({
    line,
    reference: `payout-${id}`,
    status: isFailed(id) ? 'failed' : 'processed',
    bankReference: `FILE-${id}`,
    reason: 'The account is closed.',
  }))
  return {
    name: 'import results',
    facts: `batch ${batchId}: payouts ${payoutIds.join(' ')}`,
    ask: async (deps, idempotency) =>
      importResults(deps, { actor: admin, idempotency, batchId, lines }).then(() => 'imported'),
    expect(expected, now) {
      for (const id of payoutIds)
        settle(expected, { id, result: { state: isFailed(id) ? 'refused' : 'processed' } }, now)
      return 'imported'
    },
  }
}

/** The superuser makes another plan, for now or for later. */
export function announcePlan({ platform, chance }: Pick<Outside, 'platform' | 'chance'>): Operation {
  const now = platform.clock.now()
  const change = planChange(chance)
  const effectiveFrom = chance.isLucky(0.5) ? null : daysLater(now, chance.between(1, 40))
  return {
    name: 'create plan',
    facts: `${Object.keys(change).join(' ')} from ${effectiveFrom?.toISOString() ?? 'now'}`,
    async ask(deps, idempotency) {
      const plan = { effectiveFrom, change, reason: 'Simulated' }
      const { value } = await createPlan(deps, { actor: admin, idempotency, plan })
      return { version: value.plan.version }
    },
    expect(expected) {
      const from = effectiveFrom ?? now
      const version = expected.plans.length + 1
      const base = planAt(expected, from)
      expected.plans.push({ plan: { ...base, ...change, version }, from })
      return { version }
    },
  }
}
