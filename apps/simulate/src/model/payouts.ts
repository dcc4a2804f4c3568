import { drawReserve, isOpenEmi } from './bookings.ts'
import { dayOf, taxPeriodOf } from './calendar.ts'
import { dueBy } from './instalments.ts'
import { refuseIf } from './refused.ts'
import { known, least, type Model, type Payout, planAt, shareOf, type Tax } from './state.ts'
import { available } from './wallets.ts'

export function requestPayout(
  model: Model,
  { member: id, requested, isEmi }: { member: number; requested: bigint; isEmi: boolean },
  now: Date,
): Payout {
  const plan = planAt(model, now)
  const member = known(model.members, id)
  refuseIf(plan.payoutRequiresKyc && !member.hasPan, 'payout.kyc_required')
  refuseIf(requested <= 0n || requested < plan.payoutMinimum, 'payout.below_minimum')
  refuseIf(requested > available(member), 'payout.exceeds_available')
  const tds = taxOf(model, { id, requested, hasPan: member.hasPan }, now)
  const open = [...model.bookings.values()].find((booking) => booking.member === id && isOpenEmi(booking, now))
  const emi = isEmi && open ? least(requested - tds, dueBy(open, dayOf(now))) : 0n
  const payout: Payout = {
    id: model.payouts.size + 1,
    member: id,
    requested,
    tds,
    emi,
    transfer: requested - tds - emi,
    status: 'pending',
    batch: null,
    transferId: null,
    isEmiPaid: false,
  }
  model.payouts.set(payout.id, payout)
  member.held += requested
  return payout
}

function taxOf(
  model: Model,
  { id, requested, hasPan }: { id: number; requested: bigint; hasPan: boolean },
  now: Date,
): bigint {
  const plan = planAt(model, now)
  if (plan.tdsPolicy === 'flat_with_ceiling') return least(shareOf(requested, plan.tdsBps), plan.tdsCeiling)
  const year = model.taxes.get(`${id}:${taxPeriodOf(now).year}`)
  let [before, taxed] = [year?.payout ?? 0n, year?.tds ?? 0n]
  for (const { member, status, requested: open, tds } of model.payouts.values()) {
    if (member !== id || (status !== 'pending' && status !== 'processing')) continue
    before += open
    taxed += tds
  }
  const today = dayOf(now)
  const valueOn = <T>(table: readonly { from: string; value: T }[]) =>
    table.filter(({ from }) => from <= today).at(-1)!.value
  const { rateBps, noPanRateBps, threshold } = plan.section194h
  const limit = valueOn(threshold)
  if (before + requested <= limit) return 0n
  const rate = hasPan ? valueOn(rateBps) : Math.max(valueOn(rateBps), valueOn(noPanRateBps))
  const short = shareOf(before + requested, rate) - taxed
  const own = before > limit ? shareOf(requested, rate) : 0n
  const due = short > own ? short : own
  return least(due > 0n ? due : 0n, requested)
}

export function approve(model: Model, id: number): Payout {
  const payout = known(model.payouts, id)
  refuseIf(payout.status !== 'pending', 'payout.transition_refused')
  payout.status = 'processing'
  return payout
}

export function release(
  model: Model,
  { id, from, to }: { id: number; from: Payout['status']; to: 'rejected' | 'cancelled' | 'failed' },
): Payout {
  const payout = known(model.payouts, id)
  refuseIf(payout.status !== from, 'payout.transition_refused')
  payout.status = to
  known(model.members, payout.member).held -= payout.requested
  return payout
}

/** The payouts that wait and have something to transfer go into a batch together. */
export function batch(model: Model, ids: readonly number[] | null): { batch: number; payouts: number } {
  const chosen = [...model.payouts.values()].filter(
    ({ id, status, transfer }) => (ids === null || ids.includes(id)) && status === 'pending' && transfer > 0n,
  )
  refuseIf(chosen.length === 0, 'payout.batch_empty')
  model.counts.batches += 1
  for (const payout of chosen) Object.assign(payout, { status: 'processing', batch: model.counts.batches })
  return { batch: model.counts.batches, payouts: chosen.length }
}

export type Result = { readonly state: 'processed' | 'refused' | 'underway'; readonly transferId?: string }

/** What the bank said of a payout that is being processed; of any other it changes nothing. */
export function settle(model: Model, { id, result }: { id: number; result: Result }, now: Date): void {
  const payout = known(model.payouts, id)
  if (payout.status !== 'processing') return
  if (result.state === 'underway') payout.transferId = result.transferId ?? null
  else if (result.state === 'refused') release(model, { id, from: 'processing', to: 'failed' })
  else complete(model, payout, now)
}

function complete(model: Model, payout: Payout, now: Date): void {
  const member = known(model.members, payout.member)
  payout.status = 'completed'
  member.held -= payout.requested
  member.balance -= payout.requested
  member.reserve += payout.emi
  member.withdrawn += payout.requested
  const { year, quarter } = taxPeriodOf(now)
  const key = `${payout.member}:${year}`
  const tax: Tax = model.taxes.get(key) ?? {
    payout: 0n,
    tds: 0n,
    quarters: [0, 1, 2, 3].map(() => ({ payout: 0n, tds: 0n })),
  }
  model.taxes.set(key, tax)
  for (const sums of [tax, tax.quarters[quarter]!]) {
    sums.payout += payout.requested
    sums.tds += payout.tds
  }
}

/** The EMI part of a completed payout is paid into the open EMI booking. */
export function autofill(model: Model, id: number, now: Date): void {
  const payout = known(model.payouts, id)
  payout.isEmiPaid = true
  if (payout.emi > 0n) drawReserve(model, payout.member, now)
}
