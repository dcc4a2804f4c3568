import { paymentOrders, type Tx } from '@ev/db'
import { addDays } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { type Collected, collectPayment } from './collect-payment.ts'
import type { GatewayEvent, PaymentProvider } from './gateway.ts'

/** Gateways retry for a day; what comes later than this was kept by somebody. */
const daysAtMost = 3

/** What became of an event. All but `counted` and `returned` moved no money. */
export type EventOutcome = Collected['outcome'] | 'old' | 'noted'

/**
 * Takes an event that a gateway has signed, once for its id. Money that was collected counts, a failed attempt is noted at its order, every
 * other event is only remembered. What is old, unknown or differs is remembered as well and moves nothing: sending it again would not help.
 */
export async function takePaymentEvent(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>,
  { provider, event }: { provider: PaymentProvider; event: GatewayEvent },
): Promise<EventOutcome> {
  const outcome = await deps.db.transaction(async (tx): Promise<EventOutcome> => {
    const now = deps.clock.now()
    const isNew = await paymentOrders.insertEvent(tx, { provider, eventId: event.id, eventType: event.type, now })
    if (!isNew) return 'repeated'
    if (addDays(event.happenedAt, daysAtMost) < now) return 'old'
    return act(tx, deps, { provider, fact: event.fact })
  })
  const isStrange = outcome === 'old' || outcome === 'unknown_order' || outcome === 'differs'
  deps.log[isStrange ? 'warn' : 'info']({ provider, event: event.id, type: event.type, outcome }, 'Payment event')
  return outcome
}

async function act(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { provider, fact }: { provider: PaymentProvider; fact: GatewayEvent['fact'] },
): Promise<EventOutcome> {
  if (fact.kind === 'collected') return (await collectPayment(tx, deps, { provider, collected: fact.payment })).outcome
  if (fact.kind === 'attempt_failed') {
    await paymentOrders.markFailed(tx, { provider, providerOrderId: fact.orderId, now: deps.clock.now() })
  }
  return 'noted'
}
