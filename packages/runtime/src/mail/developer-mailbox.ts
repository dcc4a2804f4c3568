import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { Mailer } from './mailer.ts'

const CAPACITY = 1_000

export type MailboxEntry = {
  id: string
  channel: 'email' | 'sms'
  to: string
  subject: string
  text: string
  /** Null when the message is text only. */
  html: string | null
  /** ISO 8601, UTC. */
  sent_at: string
}

export type DeveloperMailbox = Mailer & {
  /** Newest first; only those to `to` when it is given. */
  list(to?: string): MailboxEntry[]
}

/** Keeps the last 1,000 messages in the process instead of sending them. The log says that one came, never what is in it. */
export function createDeveloperMailbox(deps: { clock: Clock; ids: Ids; logger: Logger }): DeveloperMailbox {
  const entries: MailboxEntry[] = []
  return {
    async send({ channel, to, subject, text, html = null }) {
      const sent_at = deps.clock.now().toISOString()
      entries.push({ id: deps.ids.uuid(), channel, to, subject, text, html, sent_at })
      if (entries.length > CAPACITY) entries.shift()
      deps.logger.info({ channel, to }, 'A message is in the developer mailbox')
    },
    list: (to) => entries.filter((entry) => to === undefined || entry.to === to).reverse(),
  }
}
