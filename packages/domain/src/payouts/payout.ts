import { type Instant, istDate } from '../calendar.ts'
import { DomainError } from '../errors.ts'
import { payoutKey } from '../journal-keys.ts'
import { type Account, type Journal, journal, postingsOf, type StatementLine, statementOf } from '../ledger.ts'
import { formatRupees, minPaise, type Paise } from '../money.ts'
import type { CompensationPlan } from '../plan.ts'
import { available, type Wallet } from '../wallet/wallet.ts'
import { computeTds, type TdsFacts } from './tds.ts'

export const payoutStatuses = ['pending', 'processing', 'completed', 'rejected', 'cancelled', 'failed'] as const

export type PayoutStatus = (typeof payoutStatuses)[number]

/** Every move that a payout can make. */
export const payoutTransitions: Readonly<Record<PayoutStatus, readonly PayoutStatus[]>> = {
  pending: ['processing', 'rejected', 'cancelled'],
  processing: ['completed', 'failed'],
  completed: [],
  rejected: [],
  cancelled: [],
  failed: [],
}

/** `requested = transfer + emi + tds` and `net = transfer + emi`, always. */
export type PayoutAmounts = {
  readonly requested: Paise
  readonly tds: Paise
  readonly net: Paise
  readonly emi: Paise
  readonly transfer: Paise
}

/** A payout with the amounts that were fixed when it was requested. */
export type Payout = {
  readonly id: number
  readonly userId: number
  readonly status: PayoutStatus
  readonly amounts: PayoutAmounts
  readonly bankReference: string | null
  readonly failureReason: string | null
  readonly createdAt: Instant
  readonly processedAt: Instant | null
  readonly completedAt: Instant | null
}

export function nextPayoutStatuses(status: PayoutStatus): readonly PayoutStatus[] {
  return payoutTransitions[status]
}

export type PayoutAmountsInput = {
  readonly requested: Paise
  readonly tds: TdsFacts
  readonly isEmiAutoFilled: boolean
  /** What the member's oldest open EMI booking owes on its due or next instalments; 0 without one. */
  readonly emiDue: Paise
}

/** How a requested amount divides between tax, EMI and the bank at `now`. */
export function payoutAmounts(input: PayoutAmountsInput, plan: CompensationPlan, now: Instant): PayoutAmounts {
  const { requested, isEmiAutoFilled, emiDue } = input
  const tds = computeTds({ ...input.tds, requested, date: istDate(now) }, plan)
  const net = requested - tds
  const emi = isEmiAutoFilled ? minPaise(net, emiDue) : 0n
  return { requested, tds, net, emi, transfer: net - emi }
}

export type RequestPayoutInput = PayoutAmountsInput & {
  readonly payoutId: number
  readonly wallet: Wallet
  readonly isKycApproved: boolean
}

/**
 * Requests a payout at `now`: fixes its amounts and holds the requested amount at once. Refuses with `payout.kyc_required`,
 * `payout.below_minimum` or `payout.exceeds_available`. The statement has no row: a hold does not change the balance.
 */
export function requestPayout(
  input: RequestPayoutInput,
  plan: CompensationPlan,
  now: Instant,
): { payout: Payout; journal: Journal } {
  const { payoutId, requested, wallet } = input
  if (plan.payoutRequiresKyc && !input.isKycApproved) throw new DomainError('payout.kyc_required')
  if (requested <= 0n || requested < plan.payoutMinimum) {
    throw new DomainError('payout.below_minimum', { minimum: formatRupees(plan.payoutMinimum) }, 'requested_amount')
  }
  if (requested > available(wallet)) {
    const facts = { available: formatRupees(available(wallet)) }
    throw new DomainError('payout.exceeds_available', facts, 'requested_amount')
  }
  return {
    payout: {
      id: payoutId,
      userId: wallet.userId,
      status: 'pending',
      amounts: payoutAmounts(input, plan, now),
      bankReference: null,
      failureReason: null,
      createdAt: now,
      processedAt: null,
      completedAt: null,
    },
    journal: holdJournal({ id: payoutId, userId: wallet.userId, requested }),
  }
}

/** The journal that keeps a requested amount back. */
export function holdJournal({ id, userId, requested }: { id: number; userId: number; requested: Paise }): Journal {
  const { wallet, hold } = accountsOf(userId)
  return journal({
    key: payoutKey(id, 'hold'),
    reference: { type: 'payout', id },
    postings: [{ from: wallet, to: hold, amount: requested }],
    statement: [],
  })
}

/**
 * Starts a pending payout. Nobody approves their own (`payout.self_approval`); any other state is refused with
 * `payout.transition_refused`. No money moves yet.
 */
export function approvePayout(payout: Payout, { approverId }: { approverId: number }, now: Instant): Payout {
  requireTransition(payout, 'processing')
  if (approverId === payout.userId) throw new DomainError('payout.self_approval')
  return { ...payout, status: 'processing', processedAt: now }
}

/**
 * Completes a processing payout with the bank's reference: the hold becomes the transfer, the tax and the EMI in one journal. The EMI stands
 * in the member's EMI reserve until a payment with method `emi_deduction` draws it into the booking, in the same transaction. A payout
 * with nothing to transfer has no reference and passes null; one with a transfer is refused without a reference.
 */
export function completePayout(
  payout: Payout,
  bankReference: string | null,
  now: Instant,
): { payout: Payout; journal: Journal } {
  requireTransition(payout, 'completed')
  const { requested, tds, emi, transfer } = payout.amounts
  if (transfer > 0n && !bankReference) {
    throw new DomainError('payout.transition_refused', { from: payout.status, to: 'completed' }, 'bank_reference')
  }
  const { hold, reserve } = accountsOf(payout.userId)
  return {
    payout: { ...payout, status: 'completed', bankReference: bankReference || null, completedAt: now },
    journal: journal({
      key: payoutKey(payout.id, 'debit'),
      reference: { type: 'payout', id: payout.id },
      postings: postingsOf(
        { from: hold, to: { kind: 'bank' }, amount: transfer },
        { from: hold, to: { kind: 'tds_payable' }, amount: tds },
        { from: hold, to: reserve, amount: emi },
      ),
      statement: completionStatement(payout.userId, { id: payout.id, requested, emi }),
    }),
  }
}

/** The first row carries the whole requested amount as withdrawn, because the PAYOUT row is missing when the EMI takes everything. */
function completionStatement(
  userId: number,
  { id, requested, emi }: { id: number; requested: Paise; emi: Paise },
): StatementLine[] {
  const rows = statementOf(
    { userId, type: 'PAYOUT', amount: emi - requested, description: `Payout ${id}` },
    { userId, type: 'EMI_DEDUCTION', amount: -emi, description: `EMI from payout ${id}` },
  )
  return rows.map((row, index) => (index === 0 ? { ...row, withdrawn: requested } : row))
}

/**
 * Ends a payout without paying it and releases its hold in full; nothing else is undone, because nothing else was done. From `pending` it is
 * `rejected` or `cancelled`, from `processing` it has `failed`; anything else is refused with `payout.transition_refused`.
 */
export function releasePayout(
  payout: Payout,
  { to, reason }: { to: 'rejected' | 'cancelled' | 'failed'; reason: string | null },
): { payout: Payout; journal: Journal } {
  requireTransition(payout, to)
  const { wallet, hold } = accountsOf(payout.userId)
  return {
    payout: { ...payout, status: to, failureReason: reason },
    journal: journal({
      key: payoutKey(payout.id, 'release'),
      reference: { type: 'payout', id: payout.id },
      postings: [{ from: hold, to: wallet, amount: payout.amounts.requested }],
      statement: [],
    }),
  }
}

export type PayoutTransactionType = 'payout' | 'tds' | 'emi_auto_fill'

/** The parts of a payout as rows that add up to the requested amount; a part of nothing has no row. */
export function payoutTransactions({
  amounts,
}: Pick<Payout, 'amounts'>): { type: PayoutTransactionType; amount: Paise }[] {
  const rows: { type: PayoutTransactionType; amount: Paise }[] = [
    { type: 'payout', amount: amounts.transfer },
    { type: 'tds', amount: amounts.tds },
    { type: 'emi_auto_fill', amount: amounts.emi },
  ]
  return rows.filter(({ amount }) => amount > 0n)
}

function requireTransition({ status }: Payout, to: PayoutStatus): void {
  if (!nextPayoutStatuses(status).includes(to)) throw new DomainError('payout.transition_refused', { from: status, to })
}

function accountsOf(userId: number): { wallet: Account; hold: Account; reserve: Account } {
  return {
    wallet: { kind: 'member_wallet', userId },
    hold: { kind: 'member_hold', userId },
    reserve: { kind: 'member_emi_reserve', userId },
  }
}
