import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { DomainError } from '@ev/domain'
import { z } from 'zod'
import type { Checkout, GatewayEvent } from './gateway.ts'

/** Signs for a checkout (`keySecret`) and for events (`webhookSecret`). */
export type RazorpaySecrets = { readonly keySecret: string; readonly webhookSecret: string }

const id = z.string().min(1).max(100)

/** What is read of a payment. Amounts are whole paise. */
export const razorpayPayment = z.object({
  id,
  order_id: id,
  amount: z.int().min(1),
  currency: z.string().max(10),
  status: z.string().max(50),
})

const event = z.object({ event: id, created_at: z.int().min(0), payload: z.unknown() })
const withPayment = z.object({ payment: z.object({ entity: razorpayPayment }) })
const withOrder = z.object({ payment: z.object({ entity: z.object({ order_id: id }) }) })

/** The signature of a checkout: HMAC-SHA256 of `order_id|payment_id` under the key's secret, hex. */
export function checkoutSignature(
  { keySecret }: Pick<RazorpaySecrets, 'keySecret'>,
  { orderId, paymentId }: Omit<Checkout, 'signature'>,
): string {
  return hmac(keySecret, `${orderId}|${paymentId}`)
}

export function isCheckoutSigned(secrets: Pick<RazorpaySecrets, 'keySecret'>, checkout: Checkout): boolean {
  return isEqual(checkout.signature, checkoutSignature(secrets, checkout))
}

/** The signature of an event: HMAC-SHA256 of the body as it was sent under the webhook's secret, hex. */
export function eventSignature({ webhookSecret }: Pick<RazorpaySecrets, 'webhookSecret'>, body: Uint8Array): string {
  return hmac(webhookSecret, body)
}

/**
 * Reads an event. Refuses with `payment.signature_invalid` when the signature is not of these very bytes, and with `validation.failed` when
 * signed bytes are no event. An event without an id of its own is known by its bytes.
 */
export function readSignedEvent(
  secrets: Pick<RazorpaySecrets, 'webhookSecret'>,
  sent: { body: Uint8Array; signature: string; eventId: string | null },
): GatewayEvent {
  if (!isEqual(sent.signature, eventSignature(secrets, sent.body))) throw new DomainError('payment.signature_invalid')
  const parsed = event.safeParse(parseJson(sent.body))
  if (!parsed.success) throw new DomainError('validation.failed', { reason: 'This is not an event.' })
  const { event: type, created_at, payload } = parsed.data
  return {
    id: sent.eventId ?? `body:${createHash('sha256').update(sent.body).digest('hex')}`,
    type,
    happenedAt: new Date(created_at * 1_000),
    fact: factOf(type, payload),
  }
}

/** Of all that Razorpay tells, money that was collected and attempts that failed matter; the rest is only remembered. */
function factOf(type: string, payload: unknown): GatewayEvent['fact'] {
  if (type === 'payment.captured' || type === 'order.paid') {
    const { data } = withPayment.safeParse(payload)
    if (data?.payment.entity.status !== 'captured') return { kind: 'other' }
    return { kind: 'collected', payment: toCollected(data.payment.entity) }
  }
  if (type === 'payment.failed') {
    const { data } = withOrder.safeParse(payload)
    return data ? { kind: 'attempt_failed', orderId: data.payment.entity.order_id } : { kind: 'other' }
  }
  return { kind: 'other' }
}

export function toCollected({ id: paymentId, order_id: orderId, amount, currency }: z.output<typeof razorpayPayment>) {
  return { paymentId, orderId, amount: BigInt(amount), currency }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return null
  }
}

function hmac(secret: string, content: string | Uint8Array): string {
  return createHmac('sha256', secret).update(content).digest('hex')
}

/** Compares in a time that does not tell how much of the two is alike. */
function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')]
  return a.length === b.length && timingSafeEqual(a, b)
}
