import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { createSmtpMailer } from './smtp-mailer.ts'

const mail = {
  channel: 'email' as const,
  to: 'asha@example.com',
  subject: 'Your log-in code – नमस्ते',
  text: '048213 – Your log-in code\n',
  html: '<p>048213</p>',
}
const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type Received = { from: string; to: string[]; content: string; user: unknown; isSecure: boolean }

/** A mail server on a free port that takes `user` with `secret`, and a mailer that speaks to it. */
async function aServer(options: SMTPServerOptions = {}, { password = 'secret' } = {}) {
  const received: Received[] = []
  const server = new SMTPServer({
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    onAuth: ({ username, password: given }, _session, done) =>
      given === 'secret' ? done(null, { user: username }) : done(new Error('Wrong password')),
    async onData(stream, session, done) {
      let content = ''
      for await (const chunk of stream) content += chunk
      const { mailFrom, rcptTo } = session.envelope
      const from = mailFrom === false ? '' : mailFrom.address
      const to = rcptTo.map(({ address }) => address)
      received.push({ from, to, content, user: session.user, isSecure: session.secure })
      done()
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const url = `smtp://ev:${password}@127.0.0.1:${port}/?tls.rejectUnauthorized=false`
  const mailer = createSmtpMailer({ url, from: 'EV Platform <no-reply@ev.in>' })
  ends.push(() => new Promise((resolve) => server.close(() => resolve())), mailer.close)
  return { mailer, received }
}

test('a mail arrives with its text and its HTML, over an encrypted connection, from who is logged in', async () => {
  const { mailer, received } = await aServer()
  await mailer.send(mail)
  expect(received).toMatchObject([{ from: 'no-reply@ev.in', to: ['asha@example.com'], user: 'ev', isSecure: true }])
  const { content } = received[0]!
  expect(content).toMatch(/^From: EV Platform <no-reply@ev\.in>/m)
  expect(content).toMatch(/^Subject: =\?UTF-8\?/m)
  expect(content).toMatch(/Content-Type: multipart\/alternative/)
  expect(content).toMatch(/Content-Type: text\/plain; charset=utf-8[\s\S]*048213[\s\S]*Content-Type: text\/html/)
  expect(content).toContain('<p>048213</p>')
})

test('a mail of text only is one part', async () => {
  const { html: _html, ...plain } = mail
  const { mailer, received } = await aServer()
  await mailer.send(plain)
  expect(received[0]!.content).not.toContain('multipart')
})

test('line breaks in a subject or an address do not become headers or recipients', async () => {
  const { mailer, received } = await aServer()
  await mailer.send({ ...mail, subject: 'Hello\r\nBcc: evil@example.com' })
  expect(received[0]!.to).toEqual(['asha@example.com'])
  expect(received[0]!.content).not.toMatch(/^Bcc:/m)
})

test('a wrong password, a refused recipient and a server that is away are errors', async () => {
  const { mailer: unknown } = await aServer({}, { password: 'wrong' })
  await expect(unknown.send(mail)).rejects.toThrow()
  const { mailer: refused } = await aServer({ onRcptTo: (_address, _session, done) => done(new Error('No such box')) })
  await expect(refused.send(mail)).rejects.toThrow('No such box')
  const away = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'no-reply@ev.in' })
  ends.push(away.close)
  await expect(away.send(mail)).rejects.toThrow('ECONNREFUSED')
})
