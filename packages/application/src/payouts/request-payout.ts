import { kyc, ledger, payouts, plans, users, wallets } from '@ev/db'
import {
  type CompensationPlan,
  DomainError,
  requestPayout as decideRequest,
  isAccountNumber,
  isIfsc,
  type Paise,
  payoutAmounts,
} from '@ev/domain'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'
import { tell } from '../tell.ts'
import { emiDueOf, tdsFacts } from './payout-amounts.ts'

export type BankAccount = {
  readonly bankName: string
  readonly accountNumber: string
  readonly ifscCode: string
  readonly accountHolderName: string
}

export type RequestPayout = {
  readonly actor: Actor
  readonly idempotency: Idempotency
  readonly requested: Paise
  readonly bankAccount: BankAccount
  readonly isEmiAutoFilled: boolean
}

/**
 * Asks for a payout; the requested amount is held at once. Refuses with `validation.failed` naming the bank detail, `payout.kyc_required`,
 * `payout.below_minimum`, `payout.exceeds_available`.
 */
export function requestPayout(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'encryption' | 'hash'>,
  command: RequestPayout,
): Promise<Answer<payouts.PayoutRow>> {
  const { requested, isEmiAutoFilled, bankAccount } = command
  requireBankAccount(bankAccount)
  return answerOnce(deps, command.idempotency, async (tx) => {
    const now = deps.clock.now()
    const { userId } = command.actor
    const plan = await plans.current(tx, now)
    await users.lock(tx, userId)
    const wallet = await wallets.lock(tx, userId)
    const input = {
      requested,
      isEmiAutoFilled,
      tds: await tdsFacts(tx, { userId, now }),
      emiDue: isEmiAutoFilled ? await emiDueOf(tx, { userId, now }) : 0n,
      wallet,
      isKycApproved: (await kyc.standing(tx, userId)).isApproved,
    }
    const row = await payouts.insert(tx, {
      userId,
      ...amountColumns(input, plan, now),
      emiAutoFilled: isEmiAutoFilled,
      ...bankColumns(deps, { userId, bankAccount }),
      planVersion: plan.version,
      createdAt: now,
      updatedAt: now,
    })
    const { journal } = decideRequest({ ...input, payoutId: row.id }, plan, now)
    await payouts.insertHold(tx, { userId, payoutId: row.id, amount: requested, now })
    await ledger.post(tx, journal, { now, actorId: userId, planVersion: plan.version })
    await tell(tx, deps, 'payout.requested', { payoutId: row.id })
    return row
  })
}

function requireBankAccount({ accountNumber, ifscCode }: BankAccount): void {
  if (!isAccountNumber(accountNumber)) {
    throw new DomainError(
      'validation.failed',
      { reason: 'An account number of 9 to 18 digits is expected.' },
      'account_number',
    )
  }
  if (!isIfsc(ifscCode)) {
    throw new DomainError('validation.failed', { reason: 'An IFSC such as HDFC0001234 is expected.' }, 'ifsc_code')
  }
}

function amountColumns(input: Parameters<typeof payoutAmounts>[0], plan: CompensationPlan, now: Date) {
  const { requested, tds, net, emi, transfer } = payoutAmounts(input, plan, now)
  return { requestedAmount: requested, tdsAmount: tds, netAmount: net, emiAmount: emi, transferAmount: transfer }
}

/** The account number is stored encrypted for its owner, with a keyed hash to find equal ones and the last four digits to show. */
function bankColumns(
  { encryption, hash }: Pick<Deps, 'encryption' | 'hash'>,
  { userId, bankAccount }: { userId: number; bankAccount: BankAccount },
) {
  const { accountNumber, ...shown } = bankAccount
  return {
    ...shown,
    accountNumberEncrypted: encryption.encrypt({ plaintext: accountNumber, context: accountContext(userId) }),
    accountNumberHash: hash({ context: 'account_number', value: accountNumber }),
    accountNumberLast4: accountNumber.slice(-4),
  }
}

/** Ties the encrypted account number of a payout to its member. */
export const accountContext = (userId: number): string => `payout:${userId}:account_number`
