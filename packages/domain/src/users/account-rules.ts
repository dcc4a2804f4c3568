import { DomainError } from '../errors.ts'

/** What of an account decides who may manage it. A superuser is an admin who also manages admins. */
export type ManagedAccount = {
  readonly id: number
  readonly role: 'admin' | 'staff' | 'user'
  readonly isSuperuser: boolean
  readonly isActive: boolean
}

/** Who manages: an admin. */
export type AccountManager = { readonly userId: number; readonly isSuperuser: boolean }

/** Refuses `auth.forbidden` unless the manager may change this account: admins are managed by superusers only. */
export function requireManager(manager: AccountManager, account: Pick<ManagedAccount, 'role'>): void {
  if (account.role === 'admin' && !manager.isSuperuser) throw new DomainError('auth.forbidden')
}

/**
 * Closes an account. Refuses one's own (`user.own_account`), an admin's to whom is no superuser (`auth.forbidden`), and that of the last
 * active superuser (`user.last_superuser`).
 */
export function deactivate(
  manager: AccountManager,
  account: ManagedAccount,
  { otherSuperusers }: { otherSuperusers: number },
): { isActive: false } {
  requireManager(manager, account)
  if (account.id === manager.userId) throw new DomainError('user.own_account')
  if (account.isSuperuser && account.isActive && otherSuperusers === 0) throw new DomainError('user.last_superuser')
  return { isActive: false }
}

/**
 * Gives an account another role; whoever stops being an admin stops being a superuser. Refuses one's own (`user.own_account`), a role of or
 * for an admin to whom is no superuser (`auth.forbidden`), and that of the last active superuser (`user.last_superuser`).
 */
export function changeRole(
  manager: AccountManager,
  account: ManagedAccount,
  { role, otherSuperusers }: { role: ManagedAccount['role']; otherSuperusers: number },
): Pick<ManagedAccount, 'role' | 'isSuperuser'> {
  requireManager(manager, account)
  requireManager(manager, { role })
  if (account.id === manager.userId) throw new DomainError('user.own_account')
  const isSuperuser = account.isSuperuser && role === 'admin'
  const losesSuperuser = account.isSuperuser && !isSuperuser
  if (losesSuperuser && account.isActive && otherSuperusers === 0) throw new DomainError('user.last_superuser')
  return { role, isSuperuser }
}
