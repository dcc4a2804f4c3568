import type { PaymentGateway } from '@ev/application'
import { DomainError } from '@ev/domain'
import type { Chance } from '../chance.ts'
import type { CrashSwitch } from '../crash.ts'

/** A payment that a member has made at the gateway's checkout. */
export type CheckoutPayment = {
  readonly paymentId: string
  readonly orderId: string
  readonly amount: bigint
  readonly paidAt: Date
}

export type SimulatedGateway = PaymentGateway & {
  /** The amounts of its orders. */
  readonly orders: ReadonlyMap<string, bigint>
  readonly payments: readonly CheckoutPayment[]
  /** A member pays an order at the checkout; the platform has not heard of it. */
  pay(orderId: string, paidAt: Date): CheckoutPayment
}

const signature = 'signed by the gateway'

/** A gateway that is away at times, whose orders can be paid more than once. */
export function simulatedGateway(chance: Chance, crash: CrashSwitch): SimulatedGateway {
  const orders = new Map<string, bigint>()
  const payments: CheckoutPayment[] = []
  function beAsked(): void {
    crash.before('the gateway')
    if (chance.isLucky(0.05)) throw new DomainError('service.unavailable')
  }
  return {
    name: 'sandbox',
    keyId: null,
    completesAtOnce: true,
    orders,
    payments,
    async createOrder({ amount }) {
      beAsked()
      const orderId = `order_${orders.size + 1}`
      orders.set(orderId, amount)
      return { orderId }
    },
    isSigned: (checkout) => checkout.signature === signature,
    async findCollected({ paymentId }) {
      beAsked()
      const payment = payments.find((known) => known.paymentId === paymentId)
      return payment ? { paymentId, orderId: payment.orderId, amount: payment.amount, currency: 'INR' } : null
    },
    readEvent() {
      throw new DomainError('payment.signature_invalid')
    },
    checkoutFor: (orderId) => ({ orderId, paymentId: orderId.replace('order', 'pay'), signature }),
    pay(orderId, paidAt) {
      const payment = { paymentId: `pay_${payments.length + 1}`, orderId, amount: orders.get(orderId)!, paidAt }
      payments.push(payment)
      return payment
    },
  }
}

export const signedCheckout = ({ orderId, paymentId }: CheckoutPayment) => ({ orderId, paymentId, signature })
