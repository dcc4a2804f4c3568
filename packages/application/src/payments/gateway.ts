import type { Paise } from '@ev/domain'

export const paymentProviders = ['sandbox', 'razorpay'] as const

export type PaymentProvider = (typeof paymentProviders)[number]

/** The only currency that the platform takes. */
export const currency = 'INR'

/** Money that a gateway says it has collected. Nothing of it is trusted before it was compared with the order. */
export type CollectedPayment = {
  /** The gateway's id of the payment: one payment, however often it is told of. */
  readonly paymentId: string
  readonly orderId: string
  readonly amount: Paise
  readonly currency: string
}

/** What the checkout page hands to the client when the member has paid. */
export type Checkout = { readonly orderId: string; readonly paymentId: string; readonly signature: string }

/** Something that a gateway tells. */
export type GatewayEvent = {
  /** The same for every delivery of one event. */
  readonly id: string
  readonly type: string
  readonly happenedAt: Date
  readonly fact:
    | { readonly kind: 'collected'; readonly payment: CollectedPayment }
    | { readonly kind: 'attempt_failed'; readonly orderId: string }
    | { readonly kind: 'other' }
}

/** The way to whoever takes online payments. */
export type PaymentGateway = {
  readonly name: PaymentProvider
  /** What a checkout page needs to know to be that of this merchant; null when there is no such page. */
  readonly keyId: string | null
  /** Whether an online payment needs no order, because no money moves. */
  readonly completesAtOnce: boolean
  /** Opens an order. Refuses with `payment.gateway_refused`, and `service.unavailable` when the gateway cannot be asked now. */
  createOrder(order: { readonly amount: Paise; readonly receipt: string }): Promise<{ readonly orderId: string }>
  /** Whether the gateway itself has signed that this payment is for this order. */
  isSigned(checkout: Checkout): boolean
  /** The payment, once it has been collected; null before. Refuses with `service.unavailable` when the gateway cannot be asked now. */
  findCollected(wanted: {
    readonly paymentId: string
    readonly order: { readonly orderId: string; readonly amount: Paise }
  }): Promise<CollectedPayment | null>
  /** Reads an event out of the bytes that were sent. Refuses with `payment.signature_invalid` what the gateway has not signed. */
  readEvent(sent: {
    readonly body: Uint8Array
    readonly signature: string
    readonly eventId: string | null
  }): GatewayEvent
  /** What the checkout page would hand over for an order, where there is no such page to pay on; null where there is one. */
  checkoutFor(orderId: string): Checkout | null
}
