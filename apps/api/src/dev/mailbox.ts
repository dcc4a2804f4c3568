import { isMobile, parseMobile } from '@ev/domain'
import type { DeveloperMailbox, MailboxEntry } from '@ev/runtime'
import type { Application, RequestHandler } from 'express'
import { requestState } from '../http/request-context.ts'

/**
 * Mounts `/dev/mailbox` (a page) and `/dev/mailbox.json`, which show the mails and SMS that would have been sent; `?to=` shows one
 * person's. Log-in codes stand in them, so this is for development only.
 */
export function mountMailbox(app: Application, mailbox: DeveloperMailbox): void {
  const entriesFor: RequestHandler = (request, response, next) => {
    requestState(response).route = '/dev/mailbox'
    const { to } = request.query
    response.locals['entries'] = mailbox.list(typeof to === 'string' && to !== '' ? recipient(to) : undefined)
    response.set('Cache-Control', 'no-store')
    next()
  }
  app.get('/dev/mailbox.json', entriesFor, (_, response) => void response.json(response.locals['entries']))
  app.get('/dev/mailbox', entriesFor, (_, response) => {
    response.type('html').send(page(response.locals['entries'] as MailboxEntry[]))
  })
}

/** The form in which recipients are kept. A plus sign that was not escaped in an address arrives as a space. */
function recipient(to: string): string {
  const text = to.replace(/^ /, '+').trim()
  return isMobile(text) ? parseMobile(text) : text.toLowerCase()
}

function page(entries: readonly MailboxEntry[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Mailbox</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem }
article { border-top: 1px solid #ccc; padding: .75rem 0 }
header { color: #555; font-size: .875rem }
p { margin: .25rem 0; white-space: pre-wrap }
</style>
</head>
<body>
<h1>Mailbox</h1>
<p>Mails and SMS that would have been sent, newest first.</p>
${entries.map(article).join('\n') || '<p>Nothing yet.</p>'}
</body>
</html>
`
}

const article = ({ channel, to, subject, text, sent_at }: MailboxEntry) =>
  `<article><header>${escaped(`${channel} to ${to}, ${sent_at}`)}</header><strong>${escaped(subject)}</strong><p>${escaped(text)}</p></article>`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
