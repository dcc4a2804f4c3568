import type { Deps } from '../deps.ts'
import { companyMail } from '../mail/company-mail.ts'
import type { Identifier } from './identifier.ts'
import type { CodePurpose } from './one-time-code.ts'

const names: Readonly<Record<CodePurpose, string>> = { login: 'log-in code' }

/** Sends a one-time code to an address or number: a mail in the company's form, or one line by SMS. */
export function sendCode(
  { mailer }: Pick<Deps, 'mailer'>,
  { purpose, identifier, code }: { purpose: CodePurpose; identifier: Identifier; code: string },
): Promise<void> {
  const name = names[purpose]
  const subject = `Your ${name}`
  const advice = 'It holds for 10 minutes. Never tell it to anyone.'
  if (identifier.type === 'mobile') {
    return mailer.send({ channel: 'sms', to: identifier.value, subject, text: `${code} is your ${name}. ${advice}` })
  }
  const paragraphs = [`Use this code to go on. ${advice}`, 'If you did not ask for it, you can ignore this message.']
  return mailer.send({
    channel: 'email',
    to: identifier.value,
    ...companyMail({ subject, title: subject, paragraphs, code }),
  })
}
