import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { until } from '@ev/testing'
import { expect, test } from 'vitest'
import { describeOnServices } from '../services.ts'
import { servicesStack } from '../stacks.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`

/** An SMS gateway that keeps what it is sent. */
async function anSmsGateway() {
  const sent: { traceparent: string | undefined; text: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      sent.push({ traceparent: request.headers['traceparent'] as string | undefined, text: JSON.parse(body).text })
      response.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { sent, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`, close: () => server.close() }
}

describeOnServices('tracing', () => {
  test('a trace leads from a request through outbox and broker to the handler, into every log and call', async () => {
    const gateway = await anSmsGateway()
    const env = { SMS_GATEWAY_URL: gateway.url, LOG_LEVEL: 'debug' }
    const stack = await servicesStack({ apis: 1, workers: 1, env })
    try {
      const send = (path: string, body: object) =>
        fetch(stack.urls[0] + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', traceparent },
          body: JSON.stringify(body),
        })
      const who = { identifier: '9876543210', otp_type: 'mobile' }
      expect((await send('/api/auth/send-otp/', who)).status).toBe(200)
      expect(gateway.sent[0]?.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))
      const otp_code = /\d{6}/.exec(gateway.sent[0]!.text)![0]
      expect((await send('/api/auth/verify-otp/', { ...who, otp_code })).status).toBe(200)

      const message = await stack.db.read.outboxMessage.findFirstOrThrow({ where: { name: 'member.registered' } })
      expect(message.traceparent).toContain(traceId)
      const lineOf = (output: string, text: string) =>
        output.split('\n').find((line) => line.includes(traceId) && line.includes(text))
      await until(() => lineOf(stack.workers[0]!.output(), 'network.place-and-match') !== undefined, {
        timeoutMs: 60_000,
      })
      expect(lineOf(stack.apis[0]!.output(), '/auth/verify-otp/')).toBeDefined()
    } finally {
      await stack.stop()
      gateway.close()
    }
  })
})
