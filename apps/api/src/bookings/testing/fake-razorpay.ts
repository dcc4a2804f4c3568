import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const razorpayKeys = {
  keyId: 'rzp_test_key',
  keySecret: 'the key’s secret',
  webhookSecret: 'the webhook’s secret',
}

type Received = { method: string; path: string; authorization: string; contentType: string; body: unknown }

/** Razorpay's API as its documentation describes it, on a port of its own. A test says what it answers and looks at what it was asked. */
export async function fakeRazorpay() {
  const received: Received[] = []
  const payments = new Map<string, object>()
  let orders = 0
  let broken: { status: number; body: string } | null = null
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    const { method = '', url: path = '', headers } = request
    const body: unknown = text === '' ? null : JSON.parse(text)
    received.push({
      method,
      path,
      authorization: headers.authorization ?? '',
      contentType: headers['content-type'] ?? '',
      body,
    })
    const answer = broken ?? answerTo(method, path, body)
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })

  function answerTo(method: string, path: string, body: unknown): { status: number; body: string } {
    if (method === 'POST' && path === '/v1/orders') {
      orders += 1
      return ok({ id: `order_${orders}`, entity: 'order', amount_paid: 0, status: 'created', ...(body as object) })
    }
    const payment = payments.get(decodeURIComponent(path.replace('/v1/payments/', '')))
    return payment ? ok(payment) : { status: 404, body: '{"error":{"code":"BAD_REQUEST_ERROR"}}' }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    /** A payment as the API shows it. */
    has: (payment: { id: string }) => void payments.set(payment.id, payment),
    /** From now on every request gets this answer; null answers again. */
    breaks: (answer: { status: number; body: string } | null) => {
      broken = answer
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function ok(body: object): { status: number; body: string } {
  return { status: 200, body: JSON.stringify(body) }
}

/** A payment in the form in which Razorpay shows and tells of it. */
export function aRazorpayPayment(change: { id: string; order_id: string } & Record<string, unknown>) {
  return { entity: 'payment', amount: 50_000, currency: 'INR', status: 'captured', method: 'upi', ...change }
}
