import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const razorpayXKeys = {
  keyId: 'rzp_test_x',
  keySecret: 'the key’s secret',
  accountNumber: '2323230000000001',
  webhookSecret: 'the webhook’s secret',
}

type Received = {
  method: string
  path: string
  authorization: string
  idempotency: string
  body: Record<string, unknown>
}
export type FakePayout = {
  id: string
  reference_id: string
  amount: number
  currency: string
  status: string
  utr: string | null
  failure_reason: string | null
}

/** RazorpayX's API as its documentation describes it, on a port of its own. A test says how payouts go and looks at what was asked. */
export async function fakeRazorpayX() {
  const received: Received[] = []
  const payouts = new Map<string, FakePayout>()
  const behaviour = {
    /** How a new payout stands. */
    status: 'processing',
    /** What is answered instead, by path; `lost` does the work and then closes the connection. */
    broken: new Map<string, { status: number; body: object } | 'lost'>(),
  }

  function answerTo({ method, path, idempotency, body }: Received): { status: number; body: object } {
    const url = new URL(path, 'http://bank')
    if (method === 'POST' && url.pathname === '/v1/contacts') return { status: 201, body: { id: 'cont_1' } }
    if (method === 'POST' && url.pathname === '/v1/fund_accounts') return { status: 201, body: { id: 'fa_1' } }
    if (method === 'POST' && url.pathname === '/v1/payouts') {
      const known = payouts.get(idempotency) ?? newPayout(idempotency, body)
      payouts.set(idempotency, known)
      return { status: 200, body: known }
    }
    if (url.pathname === '/v1/payouts') {
      const reference = url.searchParams.get('reference_id')
      return {
        status: 200,
        body: { items: [...payouts.values()].filter((payout) => payout.reference_id === reference) },
      }
    }
    const found = [...payouts.values()].find(({ id }) => url.pathname === `/v1/payouts/${id}`)
    return found ? { status: 200, body: found } : { status: 400, body: { error: { description: 'No such payout' } } }
  }

  function newPayout(key: string, body: Record<string, unknown>): FakePayout {
    return {
      id: `pout_${key}`,
      reference_id: String(body['reference_id']),
      amount: Number(body['amount']),
      currency: String(body['currency']),
      status: behaviour.status,
      utr: behaviour.status === 'processed' ? `UTR${key}` : null,
      failure_reason: null,
    }
  }

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    const { method = '', url: path = '', headers } = request
    const asked: Received = {
      method,
      path,
      authorization: headers.authorization ?? '',
      idempotency: String(headers['x-payout-idempotency'] ?? ''),
      body: text === '' ? {} : JSON.parse(text),
    }
    received.push(asked)
    const broken = behaviour.broken.get(`${method} ${new URL(path, 'http://bank').pathname}`)
    const answer = broken === undefined || broken === 'lost' ? answerTo(asked) : broken
    if (broken === 'lost') return request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    payouts,
    behaviour,
    /** The payout of ours with this id, changed as a test wants it. */
    change(payoutId: number, change: Partial<FakePayout>): FakePayout {
      const payout = payouts.get(`payout-${payoutId}`)
      if (!payout) throw new Error(`The bank was not asked for payout ${payoutId}.`)
      return Object.assign(payout, change)
    },
    reset(): void {
      received.length = 0
      behaviour.status = 'processing'
      behaviour.broken.clear()
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export type FakeRazorpayX = Awaited<ReturnType<typeof fakeRazorpayX>>

/** An event as the bank sends it. */
export function bankEvent(payout: FakePayout) {
  return JSON.stringify({ event: `payout.${payout.status}`, payload: { payout: { entity: payout } } })
}

export const signatureOf = (body: string, secret = razorpayXKeys.webhookSecret) =>
  createHmac('sha256', secret).update(body).digest('hex')
