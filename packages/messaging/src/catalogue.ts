import { z } from 'zod'

const id = z.int().positive()
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/**
 * Every message of the platform: a fact (noun.past) with ids, never copies of what they point at. A handler locks and
 * reads again, so order and repetition do not matter. Unknown keys of a payload are dropped, so that a newer producer
 * does not stop an older consumer.
 */
export const catalogue = {
  'member.registered': z.object({ userId: id }),
  'member.qualified': z.object({ userId: id }),
  'member.disqualified': z.object({ userId: id }),
  'pairs.check_requested': z.object({ userId: id, requestId: z.string().min(1).max(128) }),
  'month.started': z.object({ month }),
  'tree.fell_behind': z.object({ version: z.int() }),
  'payment.completed': z.object({ paymentId: id }),
  'payment.failed': z.object({ paymentId: id }),
  'payment.refunded': z.object({ refundId: id }),
  'booking.placed': z.object({ bookingId: id }),
  'booking.confirmed': z.object({ bookingId: id }),
  'booking.completed': z.object({ bookingId: id }),
  'booking.expired': z.object({ bookingId: id }),
  'booking.cancelled': z.object({ bookingId: id }),
  'pair.matched': z.object({ pairId: id }),
  'pair.held': z.object({ pairId: id }),
  'pair.credited': z.object({ pairId: id }),
  'pair.reversed': z.object({ pairId: id }),
  'referral.credited': z.object({ paymentId: id }),
  'referral.reversed': z.object({ paymentId: id }),
  'payout.requested': z.object({ payoutId: id }),
  'payout.approved': z.object({ payoutId: id }),
  'payout.completed': z.object({ payoutId: id }),
  'payout.failed': z.object({ payoutId: id }),
  'payout.rejected': z.object({ payoutId: id }),
  'payout.cancelled': z.object({ payoutId: id }),
  'kyc.submitted': z.object({ kycId: id }),
  'kyc.approved': z.object({ kycId: id }),
  'kyc.rejected': z.object({ kycId: id }),
  'nominee.approved': z.object({ nomineeId: id }),
  'nominee.rejected': z.object({ nomineeId: id }),
  'document.verified': z.object({ documentId: id }),
  'instalment.overdue': z.object({ instalmentId: id }),
  'notification.created': z.object({ notificationId: id }),
} satisfies Record<string, z.ZodType>

export type MessageName = keyof typeof catalogue

/** What a message of this name carries. */
export type Payload<N extends MessageName> = z.infer<(typeof catalogue)[N]>

export const messageNames = Object.keys(catalogue) as readonly MessageName[]

/** Whether the catalogue knows a message of this name. */
export function isMessageName(name: string): name is MessageName {
  return Object.hasOwn(catalogue, name)
}
