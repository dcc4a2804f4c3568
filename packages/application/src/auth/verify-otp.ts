import { users } from '@ev/db'
import { DomainError } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { registerMember } from '../users/register-member.ts'
import { asUserKey, type Identifier } from './identifier.ts'
import { type CodeSlot, findCode, requireCode } from './one-time-code.ts'
import { type LiveSession, openSession } from './session.ts'

export type VerifyOtp = {
  readonly identifier: Identifier
  readonly code: string
  /** The known device that asks, empty for any other. */
  readonly device: string
  readonly referralCode: string | null
  readonly ipAddress: string | null
  readonly userAgent: string | null
}

/**
 * Logs a member in by a code, creating the member on first use. An unknown referral code of a new member is refused
 * (`user.referral_code_unknown`) before the code is used up, so that it can be corrected; an existing member's is ignored. Refuses with
 * `auth.otp_invalid`, `auth.otp_locked`, `auth.account_inactive`.
 */
export async function verifyOtp(
  deps: Pick<Deps, 'db' | 'cache' | 'hash' | 'ids' | 'clock'>,
  command: VerifyOtp,
): Promise<{ user: users.User; session: LiveSession; created: boolean }> {
  const { identifier, code } = command
  const field = 'otp_code'
  const slot = await findCode(deps, slotsOf(command), { code, field })
  const known = await users.findByIdentifier(deps.db.read, asUserKey(identifier))
  const referredById = known ? null : await referrerId(deps, command.referralCode)
  await requireCode(deps, slot, { code, field, onMatch: 'use_up' })

  return deps.db.transaction(async (tx) => {
    const existing = await users.findByIdentifier(tx, asUserKey(identifier))
    if (existing && !existing.isActive) throw new DomainError('auth.account_inactive')
    const member = existing ?? (await registerMember(tx, deps, { identifier, referredById }))
    // The member's row is written before the session refers to it: the other way round two log-ins at once wait for each other.
    const user = await users.update(tx, member.id, { lastLogin: deps.clock.now() })
    const session = await openSession(tx, deps, { ...command, user })
    return { user, session, created: existing === null }
  })
}

/** A known device has a code of its own, and may as well be given one that was asked for elsewhere. */
function slotsOf({ identifier, device }: VerifyOtp): [CodeSlot, ...CodeSlot[]] {
  const open: CodeSlot = { purpose: 'login', identifier, holder: '' }
  return device === '' ? [open] : [{ ...open, holder: device }, open]
}

/** The id of the member whose code this is, null without one. Refuses an unknown code with `user.referral_code_unknown`. */
export async function referrerId({ db }: Pick<Deps, 'db'>, code: string | null): Promise<number | null> {
  if (code === null || code.trim() === '') return null
  const referrer = await users.findByReferralCode(db.read, code.trim().toUpperCase())
  if (!referrer) throw new DomainError('user.referral_code_unknown', {}, 'referral_code')
  return referrer.id
}
