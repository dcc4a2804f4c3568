import type { Ids, KeyedHash } from '@ev/runtime'
import { currency, type PaymentGateway } from './gateway.ts'
import { checkoutSignature, isCheckoutSigned, type RazorpaySecrets, readSignedEvent } from './razorpay-scheme.ts'

/** The sandbox's secrets: made from the platform's own key, so that every installation has others. */
export function sandboxSecrets(hash: KeyedHash): RazorpaySecrets {
  const secret = (value: string) => hash({ context: 'sandbox payment gateway', value })
  return { keySecret: secret('key'), webhookSecret: secret('webhook') }
}

/**
 * A gateway for development that moves no money. Orders of it can be paid by hand: it signs as Razorpay does, and hands out at once what a
 * checkout page would when the member has paid.
 */
export function createSandboxGateway({ hash, ids }: { hash: KeyedHash; ids: Ids }): PaymentGateway {
  const secrets = sandboxSecrets(hash)
  return {
    name: 'sandbox',
    keyId: null,
    completesAtOnce: true,
    createOrder: async () => ({ orderId: `order_${ids.uuid().replaceAll('-', '')}` }),
    isSigned: (checkout) => isCheckoutSigned(secrets, checkout),
    findCollected: async ({ paymentId, order }) => ({ paymentId, ...order, currency }),
    readEvent: (sent) => readSignedEvent(secrets, sent),
    checkoutFor(orderId) {
      const paymentId = orderId.replace(/^order_/, 'pay_')
      return { orderId, paymentId, signature: checkoutSignature(secrets, { orderId, paymentId }) }
    },
  }
}
