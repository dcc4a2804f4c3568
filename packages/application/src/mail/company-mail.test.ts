import { unnamedCompany } from '@ev/domain'
import { expect, test } from 'vitest'
import { companyMail } from './company-mail.ts'

const paid = {
  subject: 'Payment received',
  title: 'We received your payment',
  paragraphs: ['Thank you.', 'The receipt is in your account.'],
  facts: [
    ['Booking', 'EV1A2B3C4D'],
    ['Amount', '₹5,000.00'],
  ],
  action: { label: 'See the booking', url: 'https://ev.in/bookings/7?a=1&b=2' },
} as const

test('a mail says the same as text and as HTML', () => {
  const { subject, text, html } = companyMail(paid)
  expect(subject).toBe('Payment received')
  const [title, thanks, receipt, facts, action, foot] = text.split('\n\n')
  expect([title, thanks, receipt, facts, action]).toEqual([
    'We received your payment',
    'Thank you.',
    'The receipt is in your account.',
    'Booking: EV1A2B3C4D\nAmount: ₹5,000.00',
    'See the booking: https://ev.in/bookings/7?a=1&b=2',
  ])
  expect(foot).toContain(unnamedCompany.name)
  for (const words of ['We received your payment', 'Thank you.', 'EV1A2B3C4D', '₹5,000.00', unnamedCompany.name]) {
    expect(html).toContain(words)
  }
  expect(html).toContain('href="https://ev.in/bookings/7?a=1&amp;b=2"')
})

test('a code is the first thing in the text, and the only number of six digits', () => {
  const { text, html } = companyMail({
    subject: 'Your code',
    title: 'Your log-in code',
    paragraphs: ['Hello.'],
    code: '048213',
  })
  expect(text).toMatch(/^048213 – Your log-in code\n/)
  expect(text.match(/\d{6}/g)).toEqual(['048213'])
  expect(html).toContain('>048213<')
})

test('everything that comes from outside is escaped', () => {
  const evil = `<img src=x onerror="alert(1)"> & 'more'`
  const { html } = companyMail({
    subject: evil,
    title: evil,
    paragraphs: [evil],
    facts: [[evil, evil]],
    code: evil,
    action: { label: evil, url: `https://ev.in/?"><script>` },
  })
  expect(html).not.toContain('<img')
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;more&#39;')
})

test('a mail says who the operator is and how to reach them', () => {
  const company = {
    ...unnamedCompany,
    name: 'Vayu & Co',
    addressLines: ['12 Marine Drive'],
    email: 'help@vayu.example',
  }
  const { text, html } = companyMail(paid, company)
  expect(text).toContain('-- \nVayu & Co\n12 Marine Drive\nhelp@vayu.example\n')
  expect(html).toContain('Vayu &amp; Co<br>12 Marine Drive<br>help@vayu.example<br>')
})

test('nothing is loaded from anywhere, and a link leads to a web address only', () => {
  const { html } = companyMail({ ...paid, code: '123456' })
  expect(html).not.toMatch(/<(img|link|script|style|iframe)|url\(|@import|\ssrc=/i)
  expect(html.match(/https?:/g)).toEqual(['https:'])
  expect(() => companyMail({ ...paid, action: { label: 'x', url: 'javascript:alert(1)' } })).toThrow('http')
})
