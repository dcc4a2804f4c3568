import { sessions, type Tx, users } from '@ev/db'
import { changeRole, deactivate, requireManager } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { requireNotErased } from './erase-member.ts'
import { type ProfileChange, requireAdult } from './update-profile.ts'

type ManageDeps = Pick<Deps, 'db' | 'clock'>
type Managed = { readonly actor: Actor; readonly userId: number }

/**
 * Closes an account and ends all its sessions; closing it again changes nothing. Refuses with `user.not_found`, `user.own_account`,
 * `user.last_superuser`, and with `auth.forbidden` an admin's account to whom is no superuser.
 */
export function deactivateAccount({ db, clock }: ManageDeps, { actor, userId }: Managed): Promise<users.User> {
  return db.transaction(async (tx) => {
    const { account, otherSuperusers } = await users.lockWithSuperusers(tx, userId)
    const change = deactivate(actor, account, { otherSuperusers })
    if (!account.isActive) return account
    const now = clock.now()
    const user = await users.update(tx, userId, { ...change, updatedAt: now })
    await sessions.revokeAll(tx, { userId, now, reason: 'account_deactivated' })
    await audited(tx, { clock }, { actor, userId, action: 'user.deactivated', details: {} })
    return user
  })
}

/** Opens a closed account again; its owner logs in anew. Refuses with `user.not_found`, `auth.forbidden`, and `user.erased`. */
export function activateAccount({ db, clock }: ManageDeps, { actor, userId }: Managed): Promise<users.User> {
  return db.transaction(async (tx) => {
    const account = await users.lock(tx, userId)
    requireManager(actor, account)
    requireNotErased(account)
    if (account.isActive) return account
    const user = await users.update(tx, userId, { isActive: true, updatedAt: clock.now() })
    await audited(tx, { clock }, { actor, userId, action: 'user.activated', details: {} })
    return user
  })
}

export type AccountChange = {
  readonly profile: ProfileChange
  readonly role?: users.User['role'] | undefined
  readonly isDistributor?: boolean | undefined
}

/**
 * Changes someone's profile, role or distributor's standing; another role ends all sessions. The audit line names the fields, never their
 * values. Refuses with `user.not_found`, `auth.forbidden`, `user.own_account`, `user.last_superuser`,
 * `user.erased`, and someone under 18.
 */
export function changeAccount(
  { db, clock }: ManageDeps,
  { actor, userId, change }: Managed & { readonly change: AccountChange },
): Promise<users.User> {
  const now = clock.now()
  requireAdult(change.profile.dateOfBirth ?? null, now)
  return db.transaction(async (tx) => {
    const { account, otherSuperusers } = await users.lockWithSuperusers(tx, userId)
    requireManager(actor, account)
    requireNotErased(account)
    const { role = account.role, isDistributor = account.isDistributor } = change
    const isOtherRole = role !== account.role
    const standing = isOtherRole ? changeRole(actor, account, { role, otherSuperusers }) : {}
    const data = { ...change.profile, ...standing, ...(isDistributor !== account.isDistributor && { isDistributor }) }
    const fields = Object.keys(data).filter((name) => Reflect.get(data, name) !== Reflect.get(account, name))
    if (fields.length === 0) return account
    const user = await users.update(tx, userId, { ...data, updatedAt: now })
    if (isOtherRole) await sessions.revokeAll(tx, { userId, now, reason: 'role_changed' })
    const roles = isOtherRole ? { from: account.role, to: role } : {}
    const details = { fields: fields.join(' '), ...roles }
    await audited(tx, { clock }, { actor, userId, action: 'user.updated', details })
    return user
  })
}

function audited(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { actor, userId, action, details }: Managed & { action: string; details: Record<string, string> },
): Promise<void> {
  return recordAudit(tx, deps, { actorId: actor.userId, action, subject: { type: 'user', id: userId }, details })
}
