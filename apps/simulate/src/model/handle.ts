import type { Envelope, HandlerName } from '@ev/messaging'
import { daysLater } from './calendar.ts'
import { creditBonuses, creditPair, reversePair } from './commissions.ts'
import { check, disqualify, enterMonth, place, qualify } from './network.ts'
import { autofill, type Result, settle } from './payouts.ts'
import { known, type Model } from './state.ts'

/** How long a handler remembers a message. */
const rememberedDays = 90

/** A handler has committed its work on these messages, which came as one batch. `answerOf` is what the bank said last of a payout. */
export function handle(
  model: Model,
  {
    handler,
    batch,
    answerOf,
  }: { handler: HandlerName; batch: readonly Envelope[]; answerOf: (payout: number) => Result | null },
  now: Date,
): void {
  if (handler === 'network.place-and-match') enterMonth(model, now)
  for (const message of batch) {
    const key = `${handler}:${message.id}`
    const before = model.handled.get(key)
    if (before && now < daysLater(before, rememberedDays)) continue
    model.handled.set(key, now)
    if (handler === 'network.place-and-match') actInTree(model, message, now)
    else act(model, { handler, message, answerOf }, now)
  }
}

function actInTree(model: Model, { name, payload }: Envelope, now: Date): void {
  if (!('userId' in payload)) return
  if (name === 'member.registered') place(model, payload.userId, now)
  else if (name === 'member.qualified') qualify(model, payload.userId, now)
  else if (name === 'member.disqualified') disqualify(model, payload.userId, now)
  else check(model, payload.userId, now)
}

function act(
  model: Model,
  {
    handler,
    message,
    answerOf,
  }: { handler: HandlerName; message: Envelope; answerOf: (payout: number) => Result | null },
  now: Date,
): void {
  const { payload } = message
  if (handler === 'payments.credit-referral') {
    const booking = 'paymentId' in payload ? known(model.payments, payload.paymentId).booking : null
    creditBonuses(model, booking ?? ('bookingId' in payload ? payload.bookingId : 0), now)
  } else if (handler === 'pairs.credit' && 'pairId' in payload)
    creditPair(model, known(model.pairs, payload.pairId), now)
  else if (handler === 'pairs.reverse' && 'pairId' in payload) reversePair(model, known(model.pairs, payload.pairId))
  else if (handler === 'payouts.autofill-emi' && 'payoutId' in payload) autofill(model, payload.payoutId, now)
  else if (handler === 'payouts.transfer' && 'payoutId' in payload)
    transfer(model, { id: payload.payoutId, answerOf }, now)
}

function transfer(
  model: Model,
  { id, answerOf }: { id: number; answerOf: (payout: number) => Result | null },
  now: Date,
): void {
  const payout = known(model.payouts, id)
  if (payout.status !== 'processing' || payout.batch !== null) return
  const result = payout.transfer === 0n ? { state: 'processed' as const } : answerOf(id)
  if (!result) throw new Error(`The bank was never asked for payout ${id}.`)
  settle(model, { id, result }, now)
}
