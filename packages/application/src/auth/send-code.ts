import type { Company } from '@ev/domain'
import { DomainError } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { companyMail } from '../mail/company-mail.ts'
import { companyOf } from '../settings/company.ts'
import {
  type CodePurpose,
  type CodeSlot,
  codeLifetimeMs,
  issueCode,
  releaseSending,
  reserveSending,
} from './one-time-code.ts'

const texts: Readonly<Record<CodePurpose, { name: string; use: string }>> = {
  login: { name: 'log-in code', use: 'Use this code to log in.' },
  signup: { name: 'sign-up code', use: 'Use this code to finish your sign-up.' },
  change_identifier: {
    name: 'confirmation code',
    use: 'Use this code to confirm that this address or number is yours.',
  },
}

const retryAfterSeconds = 5

/**
 * Sends a new code to each slot. Refuses with `auth.otp_resend_too_soon`, and with `service.unavailable` when a message cannot be handed
 * on; another may then be asked for at once.
 */
export async function sendCodes(
  deps: Pick<Deps, 'db' | 'cache' | 'hash' | 'ids' | 'clock' | 'mailer' | 'log'>,
  slots: readonly CodeSlot[],
): Promise<void> {
  await reserveSending(deps, slots)
  const company = await companyOf(deps.db.read)
  for (const slot of slots) {
    const code = await issueCode(deps, slot)
    try {
      await sendCode(deps, { slot, code, company })
    } catch (error) {
      await releaseSending(deps, slots)
      deps.log.error({ err: error, channel: slot.identifier.type }, 'A one-time code could not be sent')
      throw new DomainError('service.unavailable', { retryAfterSeconds })
    }
  }
}

/** One code, to one address or number: a mail in the company's form, or one line by SMS. */
function sendCode(
  { mailer }: Pick<Deps, 'mailer'>,
  { slot, code, company }: { slot: CodeSlot; code: string; company: Company },
): Promise<void> {
  const { name, use } = texts[slot.purpose]
  const { type, value: to } = slot.identifier
  const subject = `Your ${name}`
  const advice = `It holds for ${codeLifetimeMs / 60_000} minutes. Never tell it to anyone.`
  if (type === 'mobile') {
    const sms = { template: 'code', variable: code } as const
    return mailer.send({ channel: 'sms', to, subject, text: `${code} is your ${name}. ${advice}`, sms })
  }
  const paragraphs = [`${use} ${advice}`, 'If you did not ask for it, you can ignore this message.']
  return mailer.send({ channel: 'email', to, ...companyMail({ subject, title: subject, paragraphs, code }, company) })
}
