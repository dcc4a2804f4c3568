import type { Deps } from '../deps.ts'
import { requireFree } from '../users/free-identifiers.ts'
import { requireAdult } from '../users/update-profile.ts'
import { holderOf, identifiersOf, keepSignUp, type SignUpProfile } from './pending-sign-up.ts'
import { sendCodes } from './send-code.ts'
import { referrerId } from './verify-otp.ts'

export type SignUp = {
  /** In the form in which they are stored. */
  readonly email: string
  readonly mobile: string
  readonly profile: SignUpProfile
  readonly referralCode: string | null
}

const tokenBytes = 32

/**
 * Begins a sign-up: sends a code to the address and to the number, and keeps the profile under a random token until both codes come back.
 * Nothing is written before. Refuses someone under 18 (`validation.failed` on `date_of_birth`), a taken address or number
 * (`user.identifier_taken`), an unknown referral code (`user.referral_code_unknown`), and codes too soon after the last.
 */
export async function signUp(
  deps: Pick<Deps, 'db' | 'cache' | 'hash' | 'ids' | 'clock' | 'mailer' | 'log' | 'encryption'>,
  { email, mobile, profile, referralCode }: SignUp,
): Promise<{ signupToken: string }> {
  const identifiers = identifiersOf({ email, mobile })
  requireAdult(profile.dateOfBirth, deps.clock.now())
  await requireFree(deps.db.read, identifiers)
  const referredById = await referrerId(deps, referralCode)
  const signupToken = Buffer.from(deps.ids.bytes(tokenBytes)).toString('base64url')
  const holder = holderOf(deps, signupToken)
  await sendCodes(
    deps,
    identifiers.map((identifier) => ({ purpose: 'signup', identifier, holder })),
  )
  await keepSignUp(deps, holder, { email, mobile, profile, referredById })
  return { signupToken }
}
