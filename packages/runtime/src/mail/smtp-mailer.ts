import { createTransport } from 'nodemailer'
import type { Mailer } from './mailer.ts'

/** Sends e-mail through the server at `url` (`smtp://user:password@host:587`), over at most five connections, 10 s a step. */
export function createSmtpMailer({ url, from }: { url: string; from: string }): Mailer & { close(): void } {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 10_000,
    // Nothing in a message may name a local file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // The part of `Name <box@domain>` behind the @.
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    async send({ to, subject, text, html, id }) {
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        ...(html === undefined ? {} : { html }),
        ...(id === undefined ? {} : { messageId: `<${id}@${domain}>` }),
      })
    },
    close: () => transport.close(),
  }
}
