import { at, type Damages, type Members } from './damage.ts'

export const paymentDamages = ({ asha, ravi }: Members): Damages => ({
  'payment.entries': async (tx) => {
    const { id: _, ...payment } = await tx.payment.findFirstOrThrow({ where: { status: 'completed' } })
    const { id } = await tx.payment.create({ data: { ...payment, transactionId: null } })
    return `payment ${id}`
  },
  'payment.completed_at': async (tx) => {
    const { id } = await tx.payment.findFirstOrThrow({ where: { status: 'completed' } })
    await tx.payment.update({ where: { id }, data: { completedAt: null } })
    return `payment ${id}`
  },
  'payment.member': async (tx) => {
    const { id } = await tx.payment.findFirstOrThrow({ where: { userId: ravi } })
    await tx.payment.update({ where: { id }, data: { userId: asha } })
    return `payment ${id}`
  },
  'payment.refunded_amount': async (tx) => {
    const { paymentId, id } = await tx.refund.findFirstOrThrow()
    await tx.refund.update({ where: { id }, data: { amount: { increment: 1n } } })
    return `payment ${paymentId}`
  },
  'payment.refunded': async (tx) => {
    const { id } = await tx.payment.findFirstOrThrow({ where: { status: 'refunded' } })
    await tx.payment.update({ where: { id }, data: { status: 'completed' } })
    return `payment ${id}`
  },
  'order.payment': async (tx) => {
    const { bookingId } = await tx.payment.findFirstOrThrow({ where: { userId: ravi } })
    const order = { provider: 'sandbox', providerOrderId: 'order_1', status: 'paid', amount: 5n } as const
    const { id } = await tx.paymentOrder.create({
      data: { ...order, bookingId, userId: ravi, createdAt: at, updatedAt: at },
    })
    return `payment order ${id}`
  },
  'refund.entries': async (tx) => {
    const { id: _, ...refund } = await tx.refund.findFirstOrThrow()
    const { id } = await tx.refund.create({ data: refund })
    return `refund ${id}`
  },
  'refund.payment': async (tx) => {
    const { id } = await tx.refund.findFirstOrThrow()
    await tx.refund.update({ where: { id }, data: { userId: asha } })
    return `refund ${id}`
  },
  'bonus.entries': async (tx) => {
    const { paymentId } = await tx.referralBonus.findFirstOrThrow({ where: { reversedAmount: 0n } })
    await tx.referralBonus.update({ where: { paymentId }, data: { reversedAmount: 1n } })
    return `bonus of payment ${paymentId}`
  },
  'bonus.amount': async (tx) => {
    const { id, paymentId } = await tx.referralBonus.findFirstOrThrow({ where: { reversedAmount: { gt: 0n } } })
    await tx.referralBonus.update({ where: { id }, data: { reversedAmount: { decrement: 1n } } })
    return `bonus of payment ${paymentId}`
  },
  'bonus.referrer': async (tx) => {
    const { id, paymentId } = await tx.referralBonus.findFirstOrThrow({ where: { reversedAmount: 0n } })
    await tx.referralBonus.update({ where: { id }, data: { referrerId: ravi } })
    return `bonus of payment ${paymentId}`
  },
})
