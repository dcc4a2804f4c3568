import { DomainError } from '@ev/domain'
import { type Logger, traceHeaders } from '@ev/runtime'
import { z } from 'zod'
import { currency, type PaymentGateway } from './gateway.ts'
import {
  isCheckoutSigned,
  type RazorpaySecrets,
  razorpayPayment,
  readSignedEvent,
  toCollected,
} from './razorpay-scheme.ts'

const razorpayApi = 'https://api.razorpay.com'
const timeoutMs = 10_000
const answerBytesAtMost = 100_000

const createdOrder = z.object({ id: z.string().min(1).max(100), amount: z.int(), currency: z.string() })

export type RazorpayOptions = RazorpaySecrets & {
  readonly keyId: string
  readonly log: Logger
  /** Where its API is; Razorpay's own unless named. */
  readonly apiUrl?: string
}

/**
 * Razorpay: orders and payments through its API with the key as basic auth, checkouts and webhooks by their signatures. Amounts are whole
 * paise on its wire. It retries a webhook for 24 hours until it gets a 2xx.
 */
export function createRazorpayGateway(options: RazorpayOptions): PaymentGateway {
  const { keyId, keySecret, log, apiUrl = razorpayApi } = options
  const authorization = `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`

  /** Asks the API; null for what it does not know. What it refuses is the caller's `payment.gateway_refused`. */
  async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const { status, text } = await send(method, path, body)
    if (status === 404) return null
    if (status >= 400 && status < 500 && status !== 429) {
      log.warn({ status, path }, 'Razorpay refused a request')
      throw new DomainError('payment.gateway_refused')
    }
    if (status !== 200) throw unavailable({ status, path })
    try {
      return JSON.parse(text)
    } catch {
      throw unavailable({ status, path })
    }
  }

  async function send(method: 'GET' | 'POST', path: string, body?: object): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(new URL(path, apiUrl), {
        method,
        headers: { authorization, ...traceHeaders(), ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      return { status: response.status, text: (await response.text()).slice(0, answerBytesAtMost) }
    } catch (error) {
      throw unavailable({ path, err: error })
    }
  }

  function unavailable(facts: object): DomainError {
    log.error(facts, 'Razorpay could not be asked')
    return new DomainError('service.unavailable')
  }

  return {
    name: 'razorpay',
    keyId,
    completesAtOnce: false,
    async createOrder({ amount, receipt }) {
      const paise = Number(amount)
      const answer = createdOrder.safeParse(await ask('POST', '/v1/orders', { amount: paise, currency, receipt }))
      if (!answer.success || answer.data.amount !== paise || answer.data.currency !== currency) {
        throw unavailable({ path: '/v1/orders' })
      }
      return { orderId: answer.data.id }
    },
    isSigned: (checkout) => isCheckoutSigned(options, checkout),
    async findCollected({ paymentId }) {
      const { data } = razorpayPayment.safeParse(await ask('GET', `/v1/payments/${encodeURIComponent(paymentId)}`))
      return data?.status === 'captured' ? toCollected(data) : null
    },
    readEvent: (sent) => readSignedEvent(options, sent),
    checkoutFor: () => null,
  }
}
