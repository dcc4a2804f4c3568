import { sessions, users } from '@ev/db'
import type { Company } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import { asUserKey, type Identifier } from '../auth/identifier.ts'
import { type CodeSlot, requireCode } from '../auth/one-time-code.ts'
import { sendCodes } from '../auth/send-code.ts'
import { type SentCode, sentCode } from '../auth/send-otp.ts'
import type { Deps } from '../deps.ts'
import { companyMail } from '../mail/company-mail.ts'
import { companyOf } from '../settings/company.ts'
import { refusingTaken, requireFree } from './free-identifiers.ts'

const slotOf = (userId: number, identifier: Identifier): CodeSlot => ({
  purpose: 'change_identifier',
  identifier,
  holder: String(userId),
})

/**
 * Sends a code to the address or number that a member wants to have. Whether it is free is said only to who proves to have it, so that
 * asking tells nobody who is a member. Refuses with `auth.otp_resend_too_soon`.
 */
export async function askForIdentifier(
  deps: Parameters<typeof sendCodes>[0],
  { userId, identifier }: { userId: number; identifier: Identifier },
): Promise<SentCode> {
  await sendCodes(deps, [slotOf(userId, identifier)])
  return sentCode
}

/**
 * Gives a member the address or number whose code they have, ends their other sessions, and tells the address or number before. Refuses
 * with `auth.otp_invalid`, `auth.otp_locked`, `user.identifier_taken`.
 */
export async function changeIdentifier(
  deps: Pick<Deps, 'db' | 'cache' | 'hash' | 'ids' | 'clock' | 'mailer' | 'log'>,
  { userId, sessionId, identifier, code }: { userId: number; sessionId: number; identifier: Identifier; code: string },
): Promise<users.User> {
  const { type, value } = identifier
  await requireCode(deps, slotOf(userId, identifier), { code, field: 'otp_code', onMatch: 'use_up' })
  const now = deps.clock.now()
  const { user, before } = await refusingTaken('identifier', () =>
    deps.db.transaction(async (tx) => {
      const { [type]: before } = await users.lock(tx, userId)
      await requireFree(tx, [identifier], { exceptId: userId, field: 'identifier' })
      const user = await users.update(tx, userId, { ...asUserKey(identifier), updatedAt: now })
      await sessions.revokeAll(tx, { userId, exceptId: sessionId, now, reason: 'identifier_changed' })
      const subject = { type: 'user', id: userId }
      await recordAudit(tx, deps, { actorId: userId, action: `user.${type}_changed`, subject, details: {} })
      return { user, before }
    }),
  )
  if (before !== null && before !== value) await tellBefore(deps, { type, value: before })
  return user
}

/** Whoever had the address or number learns of the change; that it cannot be told does not undo it. */
async function tellBefore(deps: Pick<Deps, 'db' | 'mailer' | 'log'>, before: Identifier): Promise<void> {
  try {
    await deps.mailer.send(noticeOf(before, await companyOf(deps.db.read)))
  } catch (error) {
    deps.log.error({ err: error, channel: before.type }, 'A member could not be told of a changed address or number')
  }
}

function noticeOf({ type, value: to }: Identifier, company: Company): Parameters<Deps['mailer']['send']>[0] {
  const subject = type === 'email' ? 'Your e-mail address was changed' : 'Your mobile number was changed'
  const facts = 'Your account was given another one. If this was not you, write to us at once.'
  if (type === 'mobile') {
    return { channel: 'sms', to, subject, text: `${subject}. ${facts}`, sms: { template: 'notice', variable: subject } }
  }
  return { channel: 'email', to, ...companyMail({ subject, title: subject, paragraphs: [facts] }, company) }
}
