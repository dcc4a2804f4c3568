import { close, isOver, recount } from './bookings.ts'
import { type Result, settle } from './payouts.ts'
import { type Model, planAt } from './state.ts'

export function expire(model: Model, now: Date): void {
  for (const booking of model.bookings.values()) if (isOver(booking, now)) close(model, booking, { as: 'expired', now })
}

/** Under another plan everyone is counted again. */
export function takeUpPlan(model: Model, now: Date): void {
  const { version } = planAt(model, now)
  if (model.planTakenUp === version) return
  model.planTakenUp = version
  for (const id of model.members.keys()) recount(model, id, now)
}

/** Transfers under way are asked about; the bank's answer, when there was one, settles them. */
export function follow(model: Model, answerOf: (payout: number) => Result | null, now: Date): void {
  for (const { id, status, transferId } of model.payouts.values()) {
    const result = status === 'processing' && transferId !== null ? answerOf(id) : null
    if (result) settle(model, { id, result }, now)
  }
}
