import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { manualClock } from '../clock.ts'
import { systemIds } from '../ids.ts'
import { createLogger } from '../logger.ts'
import { createDeveloperMailbox } from './developer-mailbox.ts'
import { mailerByChannel } from './mailer.ts'
import { createSmsGateway } from './sms-gateway.ts'

function mailbox() {
  const lines: string[] = []
  const logger = createLogger({ level: 'info', pretty: false, destination: { write: (line) => void lines.push(line) } })
  const clock = manualClock(new Date('2026-04-01T00:00:00Z'))
  return { clock, lines, box: createDeveloperMailbox({ clock, ids: systemIds, logger }) }
}

const toAsha = { channel: 'email' as const, to: 'asha@example.com', subject: 'Your code', text: 'Your code is 482913.' }

test('the mailbox lists the newest first, and by recipient', async () => {
  const { box, clock } = mailbox()
  await box.send(toAsha)
  clock.advance(1_000)
  await box.send({ ...toAsha, channel: 'sms', to: '+919876543210' })
  await box.send({ ...toAsha, subject: 'Second' })
  expect(box.list().map(({ to, subject }) => [to, subject])).toEqual([
    ['asha@example.com', 'Second'],
    ['+919876543210', 'Your code'],
    ['asha@example.com', 'Your code'],
  ])
  expect(box.list('asha@example.com').map(({ sent_at }) => sent_at)).toEqual([
    '2026-04-01T00:00:01.000Z',
    '2026-04-01T00:00:00.000Z',
  ])
})

test('the log says that a message came, without its text', async () => {
  const { box, lines } = mailbox()
  await box.send(toAsha)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('asha@example.com')
  expect(lines[0]).not.toContain('482913')
})

test('the mailbox keeps the last thousand', async () => {
  const { box } = mailbox()
  for (let n = 1; n <= 1_001; n += 1) await box.send({ ...toAsha, subject: `Number ${n}` })
  expect(box.list()).toHaveLength(1_000)
  expect(box.list().at(-1)?.subject).toBe('Number 2')
})

test('each channel has its own mailer', async () => {
  const email = mailbox().box
  const sms = mailbox().box
  await mailerByChannel({ email, sms }).send({ ...toAsha, channel: 'sms' })
  expect([email.list().length, sms.list().length]).toEqual([0, 1])
})

async function smsServer(status: () => number) {
  const seen: { authorization: string | undefined; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({ authorization: request.headers.authorization, body: JSON.parse(body) })
    response.writeHead(status()).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { url, seen, close: () => server.close() }
}

const toNumber = { channel: 'sms', to: '+919876543210', subject: 'Payout completed', text: 'Hello' } as const

test('the SMS gateway gets number, text and bearer, and its refusal is an error', async () => {
  const statuses = [202, 500]
  const { url, seen, close } = await smsServer(() => statuses.shift() ?? 500)
  const gateway = createSmsGateway({ url, token: 't', registration: null })
  await gateway.send(toNumber)
  expect(seen).toEqual([{ authorization: 'Bearer t', body: { to: '+919876543210', text: 'Hello' } }])
  await expect(gateway.send(toNumber)).rejects.toThrow('500')
  close()
})

test('a registered sender sends approved texts only, each with its template', async () => {
  const { url, seen, close } = await smsServer(() => 200)
  const registration = {
    entityId: '1101',
    header: 'EVPLAT',
    templates: {
      code: { id: '2201', text: '{#var#} is your code.' },
      notice: { id: '2202', text: 'EV: {#var#}.' },
    },
  }
  const gateway = createSmsGateway({ url, token: null, registration })
  await gateway.send({ ...toNumber, sms: { template: 'code', variable: '048213' } })
  await gateway.send({ ...toNumber, sms: { template: 'notice', variable: '$& done' } })
  await gateway.send(toNumber)
  const sender = { to: '+919876543210', entity_id: '1101', sender: 'EVPLAT' }
  expect(seen.map(({ body }) => body)).toEqual([
    { ...sender, template_id: '2201', text: '048213 is your code.' },
    { ...sender, template_id: '2202', text: 'EV: $& done.' },
    { ...sender, template_id: '2202', text: 'EV: Payout completed.' },
  ])
  close()
})
