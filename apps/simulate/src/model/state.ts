import type { CompensationPlan } from '@ev/domain'
import { createSlowNetwork, type SlowNetwork, type SlowRules } from '@ev/domain/testing'
import { monthOf } from './calendar.ts'

/**
 * The platform as plain objects: what everyone was told has happened, worked out again in the plainest way. It shares no rule with the
 * platform; ids are counted, because a transaction that was rolled back uses none up.
 */
export type Model = {
  readonly members: Map<number, Member>
  readonly vehicles: Map<number, Vehicle>
  readonly bookings: Map<number, Booking>
  readonly payments: Map<number, Payment>
  readonly payouts: Map<number, Payout>
  readonly pairs: Map<number, Pair>
  readonly orders: Map<string, Order>
  readonly taxes: Map<string, Tax>
  readonly plans: { readonly plan: CompensationPlan; readonly from: Date }[]
  readonly counts: { refunds: number; adjustments: number; batches: number }
  readonly tree: SlowNetwork<number>
  readonly treeRules: SlowRules
  /** Members of the tree who count for pairs: because of a sale and for as long as it stands, or for ever. */
  readonly counting: Map<number, 'by_sale' | 'for_ever'>
  treeMonth: string
  /** When each handler remembered each message last. */
  readonly handled: Map<string, Date>
  readonly events: Set<string>
  /** Payments of the gateway that were counted or given back. */
  readonly collected: Map<string, number>
  planTakenUp: number | null
}

export type Member = {
  readonly id: number
  readonly referrer: number | null
  preference: 'auto' | 'left' | 'right'
  isActiveBuyer: boolean
  hasPan: boolean
  balance: bigint
  held: bigint
  reserve: bigint
  recoverable: bigint
  earned: bigint
  withdrawn: bigint
}

export type Vehicle = { readonly id: number; readonly price: bigint; stock: number | null; isSoldOut: boolean }

export type Part = { readonly due: string; readonly principal: bigint }

export type Booking = {
  readonly id: number
  readonly member: number
  readonly vehicle: number
  readonly isReserved: boolean
  readonly total: bigint
  readonly bookingAmount: bigint
  readonly referrer: number | null
  readonly isEmi: boolean
  readonly parts: readonly Part[]
  readonly expiresAt: Date
  paid: bigint
  status: 'pending' | 'active' | 'completed' | 'expired' | 'cancelled'
  confirmedAt: Date | null
}

export type Method = 'online' | 'bank_transfer' | 'cash' | 'wallet' | 'emi_deduction'

export type Bonus = { readonly referrer: number; readonly amount: bigint; readonly bps: number; reversed: bigint }

export type Payment = {
  readonly id: number
  readonly booking: number
  readonly member: number
  readonly amount: bigint
  readonly method: Method
  refunded: bigint
  status: 'pending' | 'completed' | 'failed' | 'refunded'
  completedAt: Date | null
  bonus: Bonus | null
  bonusDueAt: Date | null
}

export type Payout = {
  readonly id: number
  readonly member: number
  readonly requested: bigint
  readonly tds: bigint
  readonly emi: bigint
  readonly transfer: bigint
  status: 'pending' | 'processing' | 'completed' | 'rejected' | 'cancelled' | 'failed'
  batch: number | null
  transferId: string | null
  isEmiPaid: boolean
}

export type Pair = {
  readonly id: number
  readonly member: number
  readonly number: number
  readonly left: number
  readonly right: number
  readonly month: string
  readonly isActiveBuyer: boolean
  readonly plan: CompensationPlan
  readonly matchedAt: Date
  isCredited: boolean
  isReversed: boolean
  /** Its earning was taken back. */
  isTakenBack: boolean
}

export type Order = { readonly booking: number; readonly amount: bigint; payment: number | null }

export type Tax = { payout: bigint; tds: bigint; readonly quarters: { payout: bigint; tds: bigint }[] }

export function createModel(plan: CompensationPlan, now: Date): Model {
  const treeRules: SlowRules = {
    month: monthOf(now),
    monthlyLimit: plan.monthlyPairLimit,
    eligibility: plan.pairEligibility,
    pairCap: plan.pairCap,
  }
  return {
    members: new Map(),
    vehicles: new Map(),
    bookings: new Map(),
    payments: new Map(),
    payouts: new Map(),
    pairs: new Map(),
    orders: new Map(),
    taxes: new Map(),
    plans: [{ plan, from: new Date(0) }],
    counts: { refunds: 0, adjustments: 0, batches: 0 },
    tree: createSlowNetwork<number>(treeRules),
    treeRules,
    counting: new Map(),
    treeMonth: treeRules.month,
    handled: new Map(),
    events: new Set(),
    collected: new Map(),
    planTakenUp: null,
  }
}

/** The row that has to be there. */
export function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The model knows no ${String(key)}.`)
  return value
}

/** The plan that began last at an instant; of two that began together the later one. */
export function planAt({ plans }: Model, at: Date): CompensationPlan {
  let found = plans[0]!
  for (const each of plans) if (each.from <= at && each.from >= found.from) found = each
  return found.plan
}

/** A percentage in hundredths, rounded half up. */
export const shareOf = (amount: bigint, bps: number): bigint => (amount * BigInt(bps) * 2n + 10_000n) / 20_000n

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
