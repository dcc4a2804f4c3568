import { traceHeaders } from '../trace.ts'
import type { Mailer, SmsContent } from './mailer.ts'

/** A text that the operators approved, with `{#var#}` where its one part that varies stands. */
export type SmsTemplate = { readonly id: string; readonly text: string }

/** What Indian operators ask of every SMS: who sends it, under which header, and which of the approved texts it is. */
export type SmsRegistration = {
  readonly entityId: string
  readonly header: string
  readonly templates: Readonly<Record<SmsContent['template'], SmsTemplate>>
}

const timeoutMs = 10_000

/** The place in an approved text for what varies. */
export const smsVariable = '{#var#}'

/**
 * Sends SMS by POST of JSON to the provider's address, with `token` as the bearer; 10 s at most. With a registration the text sent is the
 * approved one, filled in, and `entity_id`, `sender` and `template_id` say so; without one it is `{to, text}` as written.
 */
export function createSmsGateway({
  url,
  token,
  registration,
}: {
  url: string
  token: string | null
  registration: SmsRegistration | null
}): Mailer {
  return {
    async send({ to, subject, text, id, sms = { template: 'notice', variable: subject } }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...traceHeaders(),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(id === undefined ? {} : { 'idempotency-key': id }),
        },
        body: JSON.stringify({ to, ...(registration === null ? { text } : registered(registration, sms)) }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`The SMS gateway answered ${response.status}.`)
    },
  }
}

function registered({ entityId, header, templates }: SmsRegistration, { template, variable }: SmsContent) {
  const { id, text } = templates[template]
  // A function, because a replacement text would read `$&` and the like as commands.
  const filled = text.replace(smsVariable, () => variable)
  return { text: filled, entity_id: entityId, sender: header, template_id: id }
}
