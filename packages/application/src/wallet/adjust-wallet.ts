import { ledger, users, walletAdjustments, wallets, walletTransactions } from '@ev/db'
import { DomainError, adjustWallet as decideAdjustment, depositTo, formatRupees, type Paise } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Answer, answerOnce, type Idempotency } from '../once.ts'

export type AdjustWallet = {
  readonly actor: Actor
  readonly idempotency: Idempotency
  /** Whose wallet. */
  readonly userId: number
  /** A deposit is positive; an adjustment takes away when it is negative. */
  readonly amount: Paise
  readonly reason: string
}

/** The wallet afterwards, and the statement's row of the deposit or adjustment. */
export type AdjustedWallet = {
  readonly wallet: wallets.WalletRow
  readonly transaction: walletTransactions.WalletTransactionRow
}

type AdjustmentDeps = Pick<Deps, 'db' | 'clock'>

/**
 * Records money that the company received for a member. Refuses with `user.not_found`, `wallet.own_adjustment`,
 * `payment.not_positive`.
 */
export function depositToWallet(deps: AdjustmentDeps, command: AdjustWallet): Promise<Answer<AdjustedWallet>> {
  return change(deps, command, { kind: 'deposit', decide: depositTo, action: 'wallet.deposited' })
}

/**
 * Corrects a wallet at the company's expense. Refuses with `user.not_found`, `wallet.own_adjustment`, `payment.not_positive` for
 * nothing at all, and `wallet.insufficient` for more than is available.
 */
export function adjustWallet(deps: AdjustmentDeps, command: AdjustWallet): Promise<Answer<AdjustedWallet>> {
  return change(deps, command, { kind: 'adjustment', decide: decideAdjustment, action: 'wallet.adjusted' })
}

type Change = {
  readonly kind: 'deposit' | 'adjustment'
  readonly decide: typeof depositTo
  readonly action: string
}

function change(
  deps: AdjustmentDeps,
  { actor, idempotency, userId, amount, reason }: AdjustWallet,
  { kind, decide, action }: Change,
): Promise<Answer<AdjustedWallet>> {
  return answerOnce(deps, idempotency, async (tx) => {
    const now = deps.clock.now()
    if (userId === actor.userId) throw new DomainError('wallet.own_adjustment')
    await users.lock(tx, userId)
    const wallet = await wallets.lock(tx, userId)
    // Refused before there is a row whose amount the rule does not take.
    decide(wallet, { id: 0, amount, reason })
    const { id } = await walletAdjustments.insert(tx, { userId, actorId: actor.userId, kind, amount, reason, now })
    const { entryId } = await ledger.post(tx, decide(wallet, { id, amount, reason }), { now, actorId: actor.userId })
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action,
      subject: { type: 'wallet', id: userId },
      details: { [kind]: id, amount: formatRupees(amount), reason },
    })
    return {
      wallet: await wallets.get(tx, userId),
      transaction: await walletTransactions.firstOfEntry(tx, entryId),
    }
  })
}
