import { erasure, type Tx, users, wallets } from '@ev/db'
import {
  DomainError,
  deactivate,
  identityKeptUntil,
  referralCode,
  referralCodeBytes,
  requireNothingOpen,
} from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { deleteFilesAfterCommit } from '../files/stored-files.ts'
import { accountContext } from '../payouts/request-payout.ts'

/**
 * Erases the personal data of an account (DPDP Act 2023 s. 12): names, addresses, numbers, papers and their files, sessions and notifications. What is about money, tax
 * and the tree stays under the account's id, and as long as the law of taxes asks for it the PAN and the bank details of completed payouts (s. 8(7)). It cannot be
 * undone; doing it again changes nothing. Refuses with `user.not_found`, `user.own_account`, `user.last_superuser`, with `auth.forbidden` an admin's account to whom is
 * no superuser, and with `user.matters_open` while anything about money is open, naming each.
 */
export function eraseMember(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'encryption' | 'files' | 'log'>,
  { actor, userId }: { actor: Actor; userId: number },
): Promise<users.User> {
  return deps.db.transaction(async (tx) => {
    const { account, otherSuperusers } = await users.lockWithSuperusers(tx, userId)
    deactivate(actor, account, { otherSuperusers })
    if (account.erasedAt !== null) return account
    requireNothingOpen({ ...(await wallets.lock(tx, userId)), ...(await erasure.openMatters(tx, userId)) })
    const keptUntil = identityKeptUntil(await erasure.lastPaidOutAt(tx, userId))
    const { user, files } = await erasure.erase(tx, userId, {
      referralCode: referralCode(deps.ids.bytes(referralCodeBytes)),
      identityKeptUntil: keptUntil,
      now: deps.clock.now(),
      emptyAccount: emptyAccount(deps, userId),
    })
    deleteFilesAfterCommit(tx, deps, files)
    await recordAudit(tx, deps, {
      actorId: actor.userId,
      action: 'user.erased',
      subject: { type: 'user', id: userId },
      details: { identity_kept_until: keptUntil?.toISOString() ?? '' },
    })
    return user
  })
}

/** A member asks to be erased; an admin does it. Asking again changes nothing. */
export function requestErasure(deps: Pick<Deps, 'db' | 'clock'>, { userId }: { userId: number }): Promise<users.User> {
  return changeRequest(deps, { userId, isWanted: true })
}

/** A member takes the wish back, for as long as nobody has carried it out. */
export function withdrawErasure(deps: Pick<Deps, 'db' | 'clock'>, { userId }: { userId: number }): Promise<users.User> {
  return changeRequest(deps, { userId, isWanted: false })
}

function changeRequest(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId, isWanted }: { userId: number; isWanted: boolean },
): Promise<users.User> {
  return db.transaction(async (tx) => {
    const account = await users.lock(tx, userId)
    if ((account.erasureRequestedAt !== null) === isWanted) return account
    const now = clock.now()
    const user = await users.update(tx, userId, { erasureRequestedAt: isWanted ? now : null, updatedAt: now })
    const action = isWanted ? 'user.erasure_requested' : 'user.erasure_withdrawn'
    const subject = { type: 'user', id: userId }
    await recordAudit(tx, { clock }, { actorId: userId, action, subject, details: {} })
    return user
  })
}

/** Refuses with `user.erased` to write new personal data into an account that was erased, or to open it. */
export function requireNotErased({ erasedAt }: Pick<users.User, 'erasedAt'>): void {
  if (erasedAt !== null) throw new DomainError('user.erased')
}

/** Removes what was kept of erased members once the law asks for it no more, at most `limit` of them; answers how many. */
export async function forgetIdentities(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'encryption'>,
  { limit }: { limit: number },
): Promise<number> {
  const due = await erasure.identitiesToForget(tx, { now: deps.clock.now(), limit })
  for (const userId of due) {
    await erasure.forgetIdentity(tx, userId, emptyAccount(deps, userId))
    const subject = { type: 'user', id: userId }
    await recordAudit(tx, deps, { actorId: null, action: 'user.identity_forgotten', subject, details: {} })
  }
  return due.length
}

function emptyAccount({ encryption }: Pick<Deps, 'encryption'>, userId: number): erasure.EmptyAccount {
  return { accountNumberEncrypted: encryption.encrypt({ plaintext: '', context: accountContext(userId) }) }
}
