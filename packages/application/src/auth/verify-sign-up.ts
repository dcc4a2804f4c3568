import { users } from '@ev/db'
import { DomainError } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { refusingTaken, requireFree } from '../users/free-identifiers.ts'
import { registerMember } from '../users/register-member.ts'
import { requireCode } from './one-time-code.ts'
import { findSignUp, identifiersOf } from './pending-sign-up.ts'
import { type LiveSession, openSession } from './session.ts'

export type VerifySignUp = {
  readonly signupToken: string
  readonly emailCode: string
  readonly mobileCode: string
  readonly ipAddress: string | null
  readonly userAgent: string | null
}

/**
 * Finishes a sign-up when both codes are right: creates the member and logs them in, once however often it is asked. A wrong code is
 * refused (`auth.otp_invalid`, `auth.otp_locked`) on its own field and uses up neither the other nor the token. Refuses with
 * `auth.signup_token_invalid` a sign-up that is unknown, expired, finished or replaced, and with `user.identifier_taken` when
 * someone was quicker.
 */
export async function verifySignUp(
  deps: Pick<Deps, 'db' | 'cache' | 'hash' | 'ids' | 'clock' | 'encryption'>,
  command: VerifySignUp,
): Promise<{ user: users.User; session: LiveSession }> {
  const found = await findSignUp(deps, command.signupToken)
  if (!found) throw new DomainError('auth.signup_token_invalid', {}, 'signup_token')
  const { holder, profile, referredById } = found
  const [email, mobile] = identifiersOf(found)
  await requireCode(
    deps,
    { purpose: 'signup', identifier: email, holder },
    { code: command.emailCode, field: 'email_otp', onMatch: 'keep' },
  )
  await requireCode(
    deps,
    { purpose: 'signup', identifier: mobile, holder },
    { code: command.mobileCode, field: 'mobile_otp', onMatch: 'keep' },
  )
  // Whoever takes the sign-up out of the cache uses it up, and both codes with it, which belong to nothing else.
  if (!(await found.claim())) throw new DomainError('auth.signup_token_invalid', {}, 'signup_token')

  return refusingTaken('email', () =>
    deps.db.transaction(async (tx) => {
      await requireFree(tx, [email, mobile])
      const member = await registerMember(tx, deps, {
        identifier: email,
        referredById,
        profile: { ...profile, mobile: mobile.value },
      })
      const user = await users.update(tx, member.id, { lastLogin: deps.clock.now() })
      return { user, session: await openSession(tx, deps, { ...command, user }) }
    }),
  )
}
