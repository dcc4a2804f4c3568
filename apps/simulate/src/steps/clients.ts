import {
  adjustWallet,
  approvePayout,
  cancelBooking,
  cancelPayout,
  checkPairs,
  choosePlacement,
  confirmPayment,
  createBatch,
  depositToWallet,
  failPayment,
  makePayment,
  openPaymentOrder,
  placeBooking,
  refundPayment,
  registerMember,
  rejectPayout,
  requestPayout,
} from '@ev/application'
import { users } from '@ev/db'
import type { Chance } from '../chance.ts'
import { cancel, placeBooking as expectBooking } from '../model/bookings.ts'
import { adjust, confirm, deposit, fail, pay, refund } from '../model/payments.ts'
import { approve, batch, requestPayout as expectPayout, release } from '../model/payouts.ts'
import { refuseIf } from '../model/refused.ts'
import { known, type Model } from '../model/state.ts'
import { available } from '../model/wallets.ts'
import type { Operation } from '../operation.ts'
import { amountUpTo } from './amounts.ts'

/** The superuser of every run. It has no part in the business. */
export const adminId = 1
export const admin = { userId: adminId, role: 'admin', isSuperuser: true } as const
const asMember = (userId: number) => ({ userId, role: 'user', isSuperuser: false }) as const
const toPayment = ({ id, status, amount }: { id: number; status: string; amount: bigint }) => ({ id, status, amount })
const toPayout = ({ id, status }: { id: number; status: string }) => ({ id, status })

export function register(model: Model, chance: Chance): Operation {
  const id = model.members.size + 1
  const others = [...model.members.keys()].filter((each) => each !== adminId)
  const referrer = others.length > 0 && chance.isLucky(0.9) ? chance.pick(others) : null
  return {
    name: 'register',
    facts: `member ${id} referred by ${referrer}`,
    async ask(deps, key) {
      const identifier = { type: 'email', value: `member${id}@example.com` } as const
      const onceKey = { ...key, now: deps.clock.now(), keepForMs: 86_400_000 }
      const { value } = await deps.db.once(onceKey, (tx) =>
        registerMember(tx, deps, { identifier, referredById: referrer }),
      )
      return { id: value.id }
    },
    expect(expected) {
      const empty = { balance: 0n, held: 0n, reserve: 0n, recoverable: 0n, earned: 0n, withdrawn: 0n }
      expected.members.set(id, { id, referrer, preference: 'auto', isActiveBuyer: false, hasPan: false, ...empty })
      return { id }
    },
  }
}

export function prefer(model: Model, chance: Chance): Operation {
  const member = aMember(model, chance)
  const preference = chance.pick(['auto', 'left', 'right'] as const)
  return {
    name: 'prefer a side',
    facts: `member ${member} ${preference}`,
    ask: async (deps) => ({
      preference: (await choosePlacement(deps, { userId: member, preference })).placementPreference,
    }),
    expect(expected) {
      known(expected.members, member).preference = preference
      return { preference }
    },
  }
}

export function book(model: Model, chance: Chance): Operation {
  const member = aMember(model, chance)
  const vehicle = chance.pick([...model.vehicles.values()])
  const bookingAmount = amountUpTo(chance, vehicle.price, { beyond: 0.05 })
  const months = chance.isLucky(0.6) ? chance.between(1, 4) : null
  const referrer = chance.isLucky(0.15) ? aMember(model, chance) : null
  return {
    name: 'place booking',
    facts: `member ${member} vehicle ${vehicle.id} amount ${bookingAmount} months ${months} referrer ${referrer}`,
    async ask(deps, idempotency) {
      const referralCode = referrer === null ? null : (await users.get(deps.db.read, referrer)).referralCode
      const { value } = await placeBooking(deps, {
        actor: asMember(member),
        idempotency,
        vehicle: { id: vehicle.id },
        color: null,
        batteryVariant: null,
        bookingAmount,
        totalAmount: null,
        paymentOption: months === null ? 'full_payment' : 'emi_options',
        emiMonths: months,
        emiStart: null,
        referralCode,
        joinDistributorProgram: false,
        delivery: { city: null, state: null, pin: null },
        isTermsAccepted: true,
        ipAddress: null,
      })
      return { id: value.id, paid: value.totalPaid }
    },
    expect: (expected, now) =>
      expectBooking(expected, { member, vehicle: vehicle.id, bookingAmount, months, referrer }, now),
  }
}

export function makeAPayment(model: Model, chance: Chance): Operation | null {
  const booking = anOpenBooking(model, chance)
  if (!booking) return null
  const { id, member } = booking
  const amount = amountUpTo(chance, booking.total - booking.paid, { beyond: 0.05 })
  const isByStaff = chance.isLucky(0.2)
  const method = isByStaff
    ? chance.pick(['cash', 'bank_transfer'] as const)
    : chance.pick(['online', 'online', 'online', 'wallet', 'wallet', 'cash', 'bank_transfer'] as const)
  return {
    name: 'make payment',
    facts: `booking ${id} ${amount} by ${method}${isByStaff ? ' recorded by staff' : ''}`,
    async ask(deps, idempotency) {
      const actor = isByStaff ? admin : asMember(member)
      const made = await makePayment(deps, { actor, idempotency, bookingId: id, amount, method, transactionId: null })
      return toPayment(made.value)
    },
    expect: (expected, now) => toPayment(pay(expected, { booking: id, amount, method, isByStaff }, now)),
  }
}

export function review(model: Model, chance: Chance): Operation | null {
  const pending = [...model.payments.values()].filter(({ status }) => status === 'pending')
  const payment = pickOften(chance, pending, [...model.payments.values()])
  if (!payment) return null
  const command = { actor: admin, paymentId: payment.id, reason: 'It did not come.' }
  const isConfirmed = chance.isLucky(0.8)
  return {
    name: isConfirmed ? 'confirm payment' : 'fail payment',
    facts: `payment ${payment.id}`,
    async ask(deps, idempotency) {
      const work = isConfirmed ? confirmPayment : failPayment
      return toPayment((await work(deps, { ...command, idempotency })).value)
    },
    expect: (expected, now) => toPayment(isConfirmed ? confirm(expected, payment.id, now) : fail(expected, payment.id)),
  }
}

export function giveRefund(model: Model, chance: Chance): Operation | null {
  const paid = [...model.payments.values()].filter(({ status }) => status === 'completed')
  const payment = pickOften(chance, paid, [...model.payments.values()])
  if (!payment) return null
  const amount = chance.isLucky(0.4) ? null : amountUpTo(chance, payment.amount - payment.refunded, { beyond: 0.1 })
  const paymentId = payment.id
  return {
    name: 'refund payment',
    facts: `payment ${paymentId} ${amount ?? 'all that is left'}`,
    async ask(deps, idempotency) {
      const made = await refundPayment(deps, { actor: admin, idempotency, paymentId, amount, reason: 'Asked for' })
      return { ...toPayment(made.value), refunded: made.value.refundedAmount }
    },
    expect(expected, now) {
      const made = refund(expected, { id: paymentId, amount }, now)
      return { ...toPayment(made), refunded: made.refunded }
    },
  }
}

export function cancelABooking(model: Model, chance: Chance): Operation | null {
  if (model.bookings.size === 0) return null
  const booking = chance.pick([...model.bookings.values()])
  return {
    name: 'cancel booking',
    facts: `booking ${booking.id}`,
    async ask(deps, idempotency) {
      const command = { actor: asMember(booking.member), idempotency, bookingId: booking.id, reason: 'Changed my mind' }
      return { status: (await cancelBooking(deps, command)).value.status }
    },
    expect(expected, now) {
      cancel(expected, booking.id, now)
      return { status: 'cancelled' }
    },
  }
}

export function fund(model: Model, chance: Chance): Operation {
  const member = aMember(model, chance)
  const isDeposit = chance.isLucky(0.6)
  const amount = BigInt(chance.between(isDeposit ? 0 : -20_000, 60_000))
  return {
    name: isDeposit ? 'deposit' : 'adjust wallet',
    facts: `member ${member} ${amount}`,
    async ask(deps, idempotency) {
      const work = isDeposit ? depositToWallet : adjustWallet
      const { value } = await work(deps, { actor: admin, idempotency, userId: member, amount, reason: 'Simulated' })
      return { balance: value.wallet.balance }
    },
    expect(expected) {
      if (isDeposit) deposit(expected, { member, amount })
      else adjust(expected, { member, amount })
      return { balance: known(expected.members, member).balance }
    },
  }
}

export function askPayout(model: Model, chance: Chance): Operation {
  const rich = [...model.members.values()].filter((each) => each.id !== adminId && available(each) > 0n)
  const member = rich.length > 0 ? chance.pick(rich) : known(model.members, aMember(model, chance))
  const requested = amountUpTo(chance, available(member), { beyond: 0.1 })
  const isEmi = chance.isLucky(0.5)
  const bankAccount = {
    bankName: 'HDFC',
    accountNumber: '123456789012',
    ifscCode: 'HDFC0001234',
    accountHolderName: 'A',
  }
  return {
    name: 'request payout',
    facts: `member ${member.id} ${requested}${isEmi ? ' with EMI' : ''}`,
    async ask(deps, idempotency) {
      const command = { actor: asMember(member.id), idempotency, requested, bankAccount, isEmiAutoFilled: isEmi }
      const { id, tdsAmount, emiAmount, transferAmount } = (await requestPayout(deps, command)).value
      return { id, tds: tdsAmount, emi: emiAmount, transfer: transferAmount }
    },
    expect(expected, now) {
      const { id, tds, emi, transfer } = expectPayout(expected, { member: member.id, requested, isEmi }, now)
      return { id, tds, emi, transfer }
    },
  }
}

export function decidePayout(model: Model, chance: Chance): Operation | null {
  const pending = [...model.payouts.values()].filter(({ status }) => status === 'pending')
  const payout = pickOften(chance, pending, [...model.payouts.values()])
  if (!payout) return null
  const { id, member } = payout
  const decision = chance.pick(['approve', 'approve', 'approve', 'reject', 'cancel'] as const)
  return {
    name: `${decision} payout`,
    facts: `payout ${id}`,
    async ask(deps, idempotency) {
      const command = { actor: admin, payoutId: id, idempotency, reason: 'Not now' }
      if (decision === 'approve') return toPayout((await approvePayout(deps, command)).value)
      if (decision === 'reject') return toPayout((await rejectPayout(deps, command)).value)
      return toPayout((await cancelPayout(deps, { ...command, actor: asMember(member) })).value)
    },
    expect(expected) {
      if (decision === 'approve') return toPayout(approve(expected, id))
      const to = decision === 'reject' ? 'rejected' : 'cancelled'
      return toPayout(release(expected, { id, from: 'pending', to }))
    },
  }
}

export function makeBatch(model: Model, chance: Chance): Operation | null {
  const ids = [...model.payouts.keys()]
  if (ids.length === 0) return null
  const payoutIds = chance.isLucky(0.5) ? null : ids.filter(() => chance.isLucky(0.3))
  return {
    name: 'create batch',
    facts: payoutIds ? `payouts ${payoutIds.join(' ')}` : 'all pending',
    async ask(deps, idempotency) {
      const { batch: made } = (await createBatch(deps, { actor: admin, payoutIds, idempotency })).value
      return { batch: made.id, payouts: made.payoutCount }
    },
    expect: (expected) => batch(expected, payoutIds),
  }
}

export function openOrder(model: Model, chance: Chance): Operation | null {
  const booking = anOpenBooking(model, chance)
  if (!booking) return null
  const amount = amountUpTo(chance, booking.total - booking.paid, { beyond: 0 })
  let opened = ''
  return {
    name: 'open order',
    facts: `booking ${booking.id} ${amount}`,
    async ask(deps, idempotency) {
      const command = { actor: asMember(booking.member), idempotency, bookingId: booking.id, amount }
      opened = (await openPaymentOrder(deps, command)).value.providerOrderId
      return { amount }
    },
    expect(expected, now) {
      refuseIf(
        booking.status === 'expired' || (booking.status === 'pending' && now >= booking.expiresAt),
        'booking.expired',
      )
      refuseIf(booking.status !== 'pending' && booking.status !== 'active', 'booking.closed')
      refuseIf(amount <= 0n, 'payment.not_positive')
      refuseIf(opened === '', 'service.unavailable')
      expected.orders.set(opened, { booking: booking.id, amount, payment: null })
      return { amount }
    },
  }
}

export function askForPairs(model: Model, chance: Chance): Operation {
  const member = aMember(model, chance)
  return {
    name: 'check pairs',
    facts: `member ${member}`,
    ask: async (deps) => checkPairs(deps, { userId: member }).then(() => 'answered'),
    expect(expected) {
      const isPlaced = expected.tree.members().includes(member)
      const hasReferrer = known(expected.members, member).referrer !== null
      refuseIf(!isPlaced, hasReferrer ? 'network.placement_pending' : 'network.not_placed')
      return 'gone'
    },
  }
}

export function aMember(model: Model, chance: Chance): number {
  return chance.pick([...model.members.keys()].filter((id) => id !== adminId))
}

function anOpenBooking(model: Model, chance: Chance) {
  const all = [...model.bookings.values()]
  return pickOften(
    chance,
    all.filter(({ status }) => status === 'pending' || status === 'active'),
    all,
  )
}

/** One of the likely ones mostly, and any of all now and then. */
function pickOften<T>(chance: Chance, likely: readonly T[], all: readonly T[]): T | null {
  const from = likely.length > 0 && chance.isLucky(0.93) ? likely : all
  return from.length === 0 ? null : chance.pick(from)
}
