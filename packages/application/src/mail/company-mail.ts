import { type Company, unnamedCompany } from '@ev/domain'
import { escapeHtml } from './escape-html.ts'

/** What a mail says. Every text is plain: it is escaped where it enters the HTML. */
export type CompanyMail = {
  readonly subject: string
  /** The heading, and the preview that a list of mails shows. */
  readonly title: string
  readonly paragraphs: readonly string[]
  /** Labels and values, shown as a small table. */
  readonly facts?: readonly (readonly [label: string, value: string])[]
  /** A code to type in, shown large. */
  readonly code?: string
  /** Where the reader can go on; an http or https address. */
  readonly action?: { readonly label: string; readonly url: string }
}

/**
 * One mail in the company's form, as plain text and as HTML. The HTML is tables with styles of their own and loads nothing from anywhere, so
 * that every mail program shows it and none tells when it was read. With a code, the text begins with it. `company` is what `companyOf` reads.
 */
export function companyMail(
  mail: CompanyMail,
  company: Company = unnamedCompany,
): { subject: string; text: string; html: string } {
  if (mail.action && !/^https?:\/\//.test(mail.action.url))
    throw new Error('A mail leads to http and https addresses only.')
  return { subject: mail.subject, text: textOf(mail, company), html: htmlOf(mail, company) }
}

/** What stands below every mail: who sends it, how to reach them, and what they never do. */
function footerLines({ name, addressLines, email, phone }: Company): string[] {
  const contact = [email, phone].filter((way) => way !== null).join(' · ')
  const advice = 'This message was sent by a machine; answers to it are not read. We never ask for a code by telephone.'
  return [name, ...addressLines, contact, advice].filter((text) => text !== '')
}

function textOf({ title, paragraphs, facts = [], code, action }: CompanyMail, company: Company): string {
  const parts = [
    code === undefined ? title : `${code} – ${title}`,
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    action === undefined ? '' : `${action.label}: ${action.url}`,
    ['-- ', ...footerLines(company)].join('\n'),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const ink = '#1d2733'
const quiet = '#5b6875'
const line = '#dfe4e9'
const accent = '#0b6b4f'
const font = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

function htmlOf({ subject, title, paragraphs, facts = [], code, action }: CompanyMail, company: Company): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:0;background:#f3f5f7">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(paragraphs[0] ?? title)}</div>
${table('width:100%;background:#f3f5f7', row('padding:24px 12px', frame({ title, paragraphs, facts, code, action }, company), 'center'))}
</body>
</html>
`
}

type Shown = Pick<CompanyMail, 'title' | 'paragraphs'> & {
  readonly facts: NonNullable<CompanyMail['facts']>
  readonly code: string | undefined
  readonly action: CompanyMail['action'] | undefined
}

function frame({ title, paragraphs, facts, code, action }: Shown, company: Company): string {
  const rows = [
    row(
      `padding:20px 32px;border-bottom:1px solid ${line};${font};font-size:18px;color:${accent}`,
      strong(company.name),
    ),
    row(`padding:28px 32px 4px;${font};font-size:22px;line-height:1.3;color:${ink}`, strong(title)),
    ...paragraphs.map((text) =>
      row(`padding:8px 32px;${font};font-size:15px;line-height:1.55;color:${ink}`, escapeHtml(text)),
    ),
    ...(code === undefined ? [] : [row('padding:16px 32px', codeBox(code))]),
    ...(facts.length === 0 ? [] : [row('padding:12px 32px', factsTable(facts))]),
    ...(action === undefined ? [] : [row('padding:16px 32px', button(action))]),
    row(
      `padding:24px 32px;border-top:1px solid ${line};${font};font-size:12px;line-height:1.5;color:${quiet}`,
      footerLines(company).map(escapeHtml).join('<br>'),
    ),
  ]
  return table(`width:100%;max-width:560px;background:#ffffff;border:1px solid ${line}`, rows.join('\n'))
}

function codeBox(code: string): string {
  const style = `padding:14px 24px;background:#eef6f2;border:1px solid ${line};font-family:Consolas,Menlo,monospace;font-size:30px;letter-spacing:6px;color:${ink}`
  return table('', row(style, strong(code)))
}

function factsTable(facts: Shown['facts']): string {
  const cell = (style: string, text: string) =>
    `<td style="padding:8px 0;border-top:1px solid ${line};${font};font-size:14px;${style}">${escapeHtml(text)}</td>`
  const rows = facts.map(
    ([label, value]) =>
      `<tr>${cell(`color:${quiet};padding-right:16px`, label)}${cell(`color:${ink};text-align:right`, value)}</tr>`,
  )
  return table('width:100%', rows.join('\n'))
}

function button({ label, url }: NonNullable<CompanyMail['action']>): string {
  const style = `color:#ffffff;text-decoration:none;${font};font-size:15px`
  const link = `<a href="${escapeHtml(url)}" style="${style}">${strong(label)}</a>`
  return table('', row(`padding:12px 22px;background:${accent}`, link))
}

const strong = (text: string) => `<strong>${escapeHtml(text)}</strong>`

const row = (style: string, content: string, align: 'left' | 'center' = 'left') =>
  `<tr><td align="${align}" style="${style}">${content}</td></tr>`

const table = (style: string, rows: string) =>
  `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;${style}">${rows}</table>`
