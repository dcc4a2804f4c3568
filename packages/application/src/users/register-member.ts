import { type Tx, users, wallets } from '@ev/db'
import { referralCode, referralCodeBytes } from '@ev/domain'
import { asUserKey, type Identifier } from '../auth/identifier.ts'
import type { Deps } from '../deps.ts'
import { tell } from '../tell.ts'
import type { ProfileChange } from './update-profile.ts'

export type NewMember = {
  readonly identifier: Identifier
  readonly referredById: number | null
  readonly profile?: ProfileChange &
    Partial<Pick<users.User, 'role' | 'isSuperuser' | 'email' | 'mobile' | 'createdById'>>
}

/** Creates a member with a wallet and tells of it; the network worker then gives a referred member a place in the tree. */
export async function registerMember(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  { identifier, referredById, profile }: NewMember,
): Promise<users.User> {
  const now = deps.clock.now()
  const code = referralCode(deps.ids.bytes(referralCodeBytes))
  const user = await users.insert(tx, {
    ...asUserKey(identifier),
    ...profile,
    username: code.toLowerCase(),
    referralCode: code,
    referredById,
    dateJoined: now,
    updatedAt: now,
  })
  await wallets.insert(tx, { userId: user.id, now })
  await tell(tx, deps, 'member.registered', { userId: user.id })
  return user
}
