import type { users } from '@ev/db'
import type { Identifier } from '../auth/identifier.ts'
import type { Deps } from '../deps.ts'
import { requireFree } from './free-identifiers.ts'
import { registerMember } from './register-member.ts'

export type Account = {
  readonly identifier: Identifier
  readonly role: users.User['role']
  readonly isSuperuser: boolean
  readonly firstName: string
  readonly lastName: string
  /** The admin who makes it, and who therefore does not review its papers; null for an operator's command. */
  readonly createdById: number | null
}

/** Creates an account that logs in by code like everyone; refuses a taken identifier with `user.identifier_taken`. */
export function createAccount(deps: Pick<Deps, 'db' | 'clock' | 'ids'>, account: Account): Promise<users.User> {
  const { identifier, ...profile } = account
  return deps.db.transaction(async (tx) => {
    await requireFree(tx, [identifier])
    return registerMember(tx, deps, { identifier, referredById: null, profile })
  })
}
