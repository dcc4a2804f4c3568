import { type Booking, cancelBooking, expireBooking, remainingOf, takesEmiDeductions } from '../bookings/booking.ts'
import { type PaymentMethod, receivePayment } from '../bookings/receive-payment.ts'
import {
  bonusKept,
  type CreditedBonus,
  creditReferral,
  referralBonus,
  reverseReferral,
} from '../bookings/referral-bonus.ts'
import { type Payment, refundAmount, refundPayment } from '../bookings/refund-payment.ts'
import { addDays } from '../calendar.ts'
import { isDomainError } from '../errors.ts'
import { accountKey, type Journal, journalLines } from '../ledger.ts'
import type { Paise } from '../money.ts'
import { approvePayout, completePayout, type Payout, releasePayout, requestPayout } from '../payouts/payout.ts'
import { type CompensationPlan, defaultPlan } from '../plan.ts'
import { creditPair, reserveDraw } from '../wallet/pair-credit.ts'
import { available, emptyWallet, type Wallet, walletAfter } from '../wallet/wallet.ts'
import { aBooking, noon } from './builders.ts'

export type Command =
  | { readonly do: 'book'; readonly total: Paise }
  | { readonly do: 'pay'; readonly booking: number; readonly amount: Paise; readonly method: PaymentMethod }
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'expire' | 'cancel'; readonly booking: number }
  | { readonly do: 'refund'; readonly payment: number; readonly amount: Paise | 'all' }
  | { readonly do: 'pair'; readonly isReferrer: boolean; readonly isActiveBuyer: boolean }
  | {
      readonly do: 'request'
      readonly isReferrer: boolean
      readonly amount: Paise | 'all'
      readonly isEmiAutoFilled: boolean
    }
  | { readonly do: 'approve' | 'complete' | 'reject' | 'cancel-payout' | 'fail'; readonly payout: number }

type PaymentRow = Payment & { readonly bookingId: number }

export const buyerId = 7
export const referrerId = 3
const adminId = 1

/**
 * A whole business in memory: one buyer, the referrer, their bookings, pairs and payouts. It keeps the accounts by adding up journal
 * lines and the wallets by the rules' own effects, so that a test can compare the two. It refuses a journal key that it has seen.
 */
export class World {
  now = noon
  readonly bookings: Booking[] = []
  readonly payouts: Payout[] = []
  readonly journals: Journal[] = []
  readonly wallets = new Map([buyerId, referrerId].map((id) => [id, emptyWallet(id)]))
  readonly accounts = new Map<string, Paise>()
  private readonly plan: CompensationPlan
  readonly payments: PaymentRow[] = []
  readonly bonuses = new Map<number, CreditedBonus>()
  private refunds = 0
  private readonly pairNumbers = new Map<number, number>()

  constructor(plan: CompensationPlan = defaultPlan) {
    this.plan = plan
  }

  /** Carries a command out; a refusal or a command about nothing changes nothing. A fault goes through. */
  run(command: Command): 'done' | 'refused' {
    try {
      this.carryOut(command)
      return 'done'
    } catch (error) {
      if (isDomainError(error)) return 'refused'
      throw error
    }
  }

  wallet(userId: number): Wallet {
    return this.wallets.get(userId)!
  }

  account(key: string): Paise {
    return this.accounts.get(key) ?? 0n
  }

  private carryOut(command: Command): void {
    if (command.do === 'book') this.book(command.total)
    else if (command.do === 'wait') this.now = addDays(this.now, command.days)
    else if (command.do === 'pair') this.pair(command.isReferrer ? referrerId : buyerId, command.isActiveBuyer)
    else if (command.do === 'request') this.request(command.isReferrer ? referrerId : buyerId, command)
    else if (command.do === 'pay') this.pay(this.bookings[command.booking % this.bookings.length], command)
    else if (command.do === 'refund') this.refund(this.payments[command.payment % this.payments.length], command.amount)
    else if ('booking' in command) this.close(this.bookings[command.booking % this.bookings.length], command.do)
    else this.movePayout(this.payouts[command.payout % this.payouts.length], command.do)
  }

  private book(total: Paise): void {
    const id = this.bookings.length + 1
    const expiresAt = addDays(this.now, this.plan.bookingExpiryDays)
    this.bookings.push(aBooking({ id, total, userId: buyerId, expiresAt, paymentOption: 'emi_options' }))
    this.drawReserve(this.bookings.at(-1)!)
  }

  private pay(booking: Booking | undefined, { amount, method }: { amount: Paise; method: PaymentMethod }): void {
    if (!booking) return
    const id = this.payments.length + 1
    const payment = { id, userId: buyerId, amount, method, wallet: this.wallet(buyerId) }
    const paid = receivePayment(booking, payment, this.plan, this.now)
    this.post(paid.journal)
    this.save(paid.booking)
    this.payments.push({
      id,
      bookingId: booking.id,
      userId: buyerId,
      amount,
      refunded: 0n,
      method,
      status: 'completed',
    })
    this.creditBonuses(paid.booking)
  }

  private creditBonuses(booking: Booking): void {
    for (const payment of this.payments.filter(({ bookingId }) => bookingId === booking.id)) {
      const net = { ...payment, amount: payment.amount - payment.refunded }
      const bonus = referralBonus({ payment: net, booking, memberReferrerId: referrerId }, this.plan)
      if (!bonus || this.bonuses.has(payment.id)) continue
      const paidBonus = { ...bonus, paymentId: payment.id, reversed: 0n }
      this.post(creditReferral(paidBonus, this.wallet(bonus.referrerId)))
      this.bonuses.set(payment.id, paidBonus)
    }
  }

  private close(booking: Booking | undefined, how: 'expire' | 'cancel'): void {
    if (!booking) return
    const wallet = this.wallet(buyerId)
    const closed = how === 'expire' ? expireBooking(booking, wallet, this.now) : cancelBooking(booking, wallet)
    if (closed.journal) this.post(closed.journal)
    this.save(closed.booking)
    for (const payment of this.payments.filter(({ bookingId }) => bookingId === booking.id)) {
      this.payments[payment.id - 1] = { ...payment, refunded: payment.amount, status: 'refunded' }
      this.takeBack(payment.id, 0n)
    }
  }

  private refund(row: PaymentRow | undefined, asked: Paise | 'all'): void {
    if (!row) return
    const booking = this.bookings[row.bookingId - 1]!
    const amount = refundAmount(booking, row, asked === 'all' ? null : asked)
    this.refunds += 1
    const made = refundPayment(booking, row, { id: this.refunds, amount }, this.wallet(buyerId))
    this.post(made.journal)
    this.save(made.booking)
    this.payments[row.id - 1] = { ...row, ...made.payment }
    this.takeBack(row.id, bonusKept(made.payment.amount - made.payment.refunded, this.plan))
  }

  private takeBack(paymentId: number, kept: Paise): void {
    const bonus = this.bonuses.get(paymentId)
    const taken = bonus && reverseReferral(bonus, { kept }, this.wallet(bonus.referrerId))
    if (!taken) return
    this.post(taken.journal)
    this.bonuses.set(paymentId, { ...bonus, reversed: taken.reversed })
  }

  private pair(userId: number, isActiveBuyer: boolean): void {
    const pairNumber = (this.pairNumbers.get(userId) ?? 0) + 1
    this.pairNumbers.set(userId, pairNumber)
    const open = userId === buyerId ? this.openBooking() : undefined
    const pairId = userId * 1_000 + pairNumber
    const booking = open ? { id: open.id, owed: remainingOf(open) } : null
    const earning = this.plan.pairEarning
    const input = { pairId, pairNumber, earning, userId, isActiveBuyer, booking }
    this.post(creditPair(input, this.plan, this.wallet(userId)).journal)
    if (open) this.drawReserve(open)
  }

  private request(
    userId: number,
    { amount, isEmiAutoFilled }: { amount: Paise | 'all'; isEmiAutoFilled: boolean },
  ): void {
    const open = userId === buyerId ? this.openBooking() : undefined
    const wallet = this.wallet(userId)
    const input = {
      payoutId: this.payouts.length + 1,
      requested: amount === 'all' ? available(wallet) : amount,
      wallet,
      tds: { paidThisYear: 0n, tdsThisYear: 0n, hasPan: true },
      isEmiAutoFilled,
      emiDue: open ? remainingOf(open) : 0n,
      isKycApproved: true,
    }
    const requested = requestPayout(input, this.plan, this.now)
    this.post(requested.journal)
    this.payouts.push(requested.payout)
  }

  private movePayout(
    payout: Payout | undefined,
    step: 'approve' | 'complete' | 'reject' | 'cancel-payout' | 'fail',
  ): void {
    if (!payout) return
    if (step === 'approve') {
      this.savePayout(approvePayout(payout, { approverId: adminId }, this.now))
      return
    }
    const to = { reject: 'rejected', 'cancel-payout': 'cancelled', fail: 'failed' } as const
    const moved =
      step === 'complete'
        ? completePayout(payout, 'UTR1', this.now)
        : releasePayout(payout, { to: to[step], reason: null })
    this.post(moved.journal)
    this.savePayout(moved.payout)
    const open = payout.userId === buyerId ? this.openBooking() : undefined
    if (open) this.drawReserve(open)
  }

  /** What the buyer's reserve can pay into a booking, it pays. */
  private drawReserve(booking: Booking): void {
    const amount = reserveDraw(this.wallet(buyerId), remainingOf(booking))
    if (amount > 0n) this.pay(booking, { amount, method: 'emi_deduction' })
  }

  private openBooking(): Booking | undefined {
    return this.bookings.find((booking) => takesEmiDeductions(booking, this.now))
  }

  private post(entry: Journal): void {
    if (this.journals.some(({ key }) => key === entry.key)) throw new Error(`Posted twice: ${entry.key}`)
    this.journals.push(entry)
    for (const { account, amount } of journalLines(entry)) {
      this.accounts.set(accountKey(account), this.account(accountKey(account)) + amount)
    }
    for (const [userId, wallet] of this.wallets) this.wallets.set(userId, walletAfter(wallet, entry))
  }

  private save(booking: Booking): void {
    this.bookings[booking.id - 1] = booking
  }

  private savePayout(payout: Payout): void {
    this.payouts[payout.id - 1] = payout
  }
}
