import { escapeHtml } from '@ev/application'
import { DomainError, isMobile, parseMobile } from '@ev/domain'
import type { DeveloperMailbox, MailboxEntry } from '@ev/runtime'
import type { Application, RequestHandler } from 'express'
import { requestState } from '../http/request-context.ts'

/**
 * Mounts `/dev/mailbox` (a page), `/dev/mailbox.json`, which show the mails and SMS that would have been sent (`?to=` shows one
 * person's), and `/dev/mailbox/{id}`, one mail as its reader sees it. Log-in codes stand in them, so this is for development only.
 */
export function mountMailbox(app: Application, mailbox: DeveloperMailbox): void {
  const entriesFor: RequestHandler = (request, response, next) => {
    requestState(response).route = '/dev/mailbox'
    const { to } = request.query
    response.locals['entries'] = mailbox.list(typeof to === 'string' && to !== '' ? recipient(to) : undefined)
    response.set('Cache-Control', 'no-store')
    next()
  }
  app.get('/dev/mailbox.json', entriesFor, (_, response) => {
    response.json((response.locals['entries'] as MailboxEntry[]).map(({ html: _html, ...entry }) => entry))
  })
  app.get('/dev/mailbox', entriesFor, (_, response) => {
    response.type('html').send(listPage(response.locals['entries'] as MailboxEntry[]))
  })
  app.get('/dev/mailbox/:id', entriesFor, (request, response, next) => {
    const entry = mailbox.list().find(({ id }) => id === request.params['id'])
    if (entry) response.type('html').send(mailPage(entry))
    else next(new DomainError('request.not_found'))
  })
}

/** The form in which recipients are kept. A plus sign that was not escaped in an address arrives as a space. */
function recipient(to: string): string {
  const text = to.replace(/^ /, '+').trim()
  return isMobile(text) ? parseMobile(text) : text.toLowerCase()
}

function page(title: string, { refreshes, body }: { refreshes: boolean; body: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshes ? '<meta http-equiv="refresh" content="5">\n' : ''}<title>${escapeHtml(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem }
article { border-top: 1px solid #ccc; padding: .75rem 0 }
header { color: #555; font-size: .875rem }
p { margin: .25rem 0; white-space: pre-wrap }
iframe { border: 1px solid #ccc; height: 44rem; width: 100% }
</style>
</head>
<body>
${body}
</body>
</html>
`
}

function listPage(entries: readonly MailboxEntry[]): string {
  const body = `<h1>Mailbox</h1>
<p>Mails and SMS that would have been sent, newest first.</p>
${entries.map(article).join('\n') || '<p>Nothing yet.</p>'}`
  return page('Mailbox', { refreshes: true, body })
}

const article = ({ id, channel, to, subject, text, html, sent_at }: MailboxEntry) => {
  const link = html === null ? '' : ` <a href="/dev/mailbox/${encodeURIComponent(id)}">as the reader sees it</a>`
  return `<article><header>${escapeHtml(`${channel} to ${to}, ${sent_at}`)}</header><strong>${escapeHtml(subject)}</strong>${link}<p>${escapeHtml(text)}</p></article>`
}

/** The mail's HTML stands in a frame without any permission, under the page's own policy. */
function mailPage({ channel, to, subject, text, html, sent_at }: MailboxEntry): string {
  const shown = html === null ? `<p>${escapeHtml(text)}</p>` : `<iframe sandbox srcdoc="${escapeHtml(html)}"></iframe>`
  const body = `<p><a href="/dev/mailbox">Mailbox</a></p>
<header>${escapeHtml(`${channel} to ${to}, ${sent_at}`)}</header>
<h1>${escapeHtml(subject)}</h1>
${shown}`
  return page(subject, { refreshes: false, body })
}
