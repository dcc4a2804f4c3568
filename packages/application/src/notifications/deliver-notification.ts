import {
  bookings,
  documents,
  kyc,
  network,
  nominees,
  notifications,
  payments,
  payouts,
  plans,
  refunds,
  type Tx,
  users,
} from '@ev/db'
import { creditableAt, dateLabel, formatInr, isDomainError, istDateLabel } from '@ev/domain'
import type { EnvelopeOf } from '@ev/messaging'
import type { Deps } from '../deps.ts'
import { notificationsForMs } from '../maintenance/clean-up.ts'
import { tell } from '../tell.ts'
import { addressFor } from './send-notification.ts'

type Notice = {
  userId: number
  type: string
  title: string
  message: string
  reference: { type: string; id: number }
  /** Set when the same can happen to the same thing again, as a second rejection can. */
  isRepeatable?: true
}
type NotifiedMessage = EnvelopeOf<'notifications.deliver'>

/**
 * Tells a member in the app what happened to a booking, payment, pair, payout or paper, and has it sent by e-mail or SMS to those who asked for
 * that.
 */
export async function deliverNotification(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'ids'>,
  message: NotifiedMessage,
): Promise<void> {
  // Until then it is known whether this was told.
  if (deps.clock.now().getTime() - Date.parse(message.occurredAt) > notificationsForMs) return
  const notice = await noticeOf(tx, message).catch(forErasedPapers)
  if (notice === null) return
  const { userId, type, title, message: text, reference, isRepeatable } = notice
  const member = await users.get(tx, userId)
  if (member.erasedAt !== null) return
  const dedupeKey = `${message.name}:${reference.type}:${reference.id}${isRepeatable ? `:${message.id}` : ''}`
  // A message may come again when its record has been cleaned up; what was told stays told.
  if (await notifications.isTold(tx, dedupeKey)) return
  const { id: notificationId } = await notifications.insert(tx, {
    userId,
    dedupeKey,
    notificationType: type,
    title,
    message: text,
    referenceType: reference.type,
    referenceId: reference.id,
    createdAt: deps.clock.now(),
  })
  if (addressFor(member, 'email') === null && addressFor(member, 'sms') === null) return
  await tell(tx, deps, 'notification.created', { notificationId })
}

/** Papers of a member that were erased before their message came are told of to nobody. */
function forErasedPapers(error: unknown): null {
  const gone = ['kyc.not_found', 'nominee.not_found', 'document.not_found']
  if (isDomainError(error) && gone.includes(error.code)) return null
  throw error
}

function noticeOf(tx: Tx, message: NotifiedMessage): Promise<Notice> {
  switch (message.name) {
    case 'payment.completed':
      return paymentNotice(tx, message.payload.paymentId)
    case 'payment.failed':
      return failedPaymentNotice(tx, message.payload.paymentId)
    case 'payment.refunded':
      return refundNotice(tx, message.payload.refundId)
    case 'referral.credited':
      return referralNotice(tx, message.payload.paymentId)
    case 'referral.reversed':
      return reversedReferralNotice(tx, message.payload.paymentId)
    case 'pair.held':
      return heldPairNotice(tx, message.payload.pairId)
    case 'pair.credited':
      return pairNotice(tx, message.payload.pairId)
    case 'pair.reversed':
      return reversedPairNotice(tx, message.payload.pairId)
    case 'instalment.overdue':
      return instalmentNotice(tx, message.payload.instalmentId)
    case 'booking.placed':
    case 'booking.confirmed':
    case 'booking.completed':
    case 'booking.expired':
    case 'booking.cancelled':
      return bookingNotice(tx, { bookingId: message.payload.bookingId, name: message.name })
    case 'kyc.submitted':
    case 'kyc.approved':
    case 'kyc.rejected':
      return kycNotice(tx, { kycId: message.payload.kycId, name: message.name })
    case 'nominee.approved':
    case 'nominee.rejected':
      return nomineeNotice(tx, { nomineeId: message.payload.nomineeId, name: message.name })
    case 'document.verified':
      return documentNotice(tx, message.payload.documentId)
    default:
      return payoutNotice(tx, { payoutId: message.payload.payoutId, name: message.name })
  }
}

async function paymentNotice(tx: Tx, id: number): Promise<Notice> {
  const { userId, amount, booking } = await payments.get(tx, id, { ownedBy: null })
  const message = `We received ${formatInr(amount)} for booking ${booking.bookingNumber}.`
  return { userId, type: 'payment', title: 'Payment received', message, reference: { type: 'payment', id } }
}

async function failedPaymentNotice(tx: Tx, id: number): Promise<Notice> {
  const { userId, amount, notes, booking } = await payments.get(tx, id, { ownedBy: null })
  const message = `Your payment of ${formatInr(amount)} for booking ${booking.bookingNumber} did not reach us: ${notes}`
  return { userId, type: 'payment', title: 'Payment failed', message, reference: { type: 'payment', id } }
}

async function refundNotice(tx: Tx, id: number): Promise<Notice> {
  const { userId, amount, booking } = await refunds.get(tx, id)
  const message = `${formatInr(amount)} of booking ${booking.bookingNumber} were given back to you.`
  return { userId, type: 'payment', title: 'Payment refunded', message, reference: { type: 'refund', id } }
}

async function referralNotice(tx: Tx, id: number): Promise<Notice> {
  const { referrerId, amount } = await payments.getBonus(tx, id)
  const message = `${formatInr(amount)} were added to your wallet for a payment of a member you referred.`
  return { userId: referrerId, type: 'referral', title: 'Referral bonus', message, reference: { type: 'payment', id } }
}

/** Parts of one bonus can be taken back one after the other, so each notice says how much that is in all. */
async function reversedReferralNotice(tx: Tx, id: number): Promise<Notice> {
  const { referrerId: userId, amount, reversedAmount } = await payments.getBonus(tx, id)
  const taken = reversedAmount === amount ? 'It was' : `${formatInr(reversedAmount)} of it were`
  const message = `A payment that had earned you a bonus of ${formatInr(amount)} was refunded. ${taken} taken back.`
  const reference = { type: 'payment', id }
  return { userId, type: 'referral', title: 'Referral bonus reversed', message, reference, isRepeatable: true }
}

async function pairNotice(tx: Tx, id: number): Promise<Notice> {
  const { userId, pairNumber, earningAmount } = await network.getPair(tx, id, { ownedBy: null })
  const message = `Your pair ${pairNumber} earned ${formatInr(earningAmount)}.`
  return { userId, type: 'pair', title: 'Pair matched', message, reference: { type: 'pair', id } }
}

async function heldPairNotice(tx: Tx, id: number): Promise<Notice> {
  const { userId, pairNumber, earningAmount, matchedAt, planVersion } = await network.getPair(tx, id, { ownedBy: null })
  const plan = await plans.version(tx, planVersion)
  const message = `Your pair ${pairNumber} was matched. Its ${formatInr(earningAmount)} will be credited on ${istDateLabel(creditableAt(matchedAt, plan))}.`
  return { userId, type: 'pair', title: 'Pair waiting', message, reference: { type: 'pair', id } }
}

async function reversedPairNotice(tx: Tx, id: number): Promise<Notice> {
  const pair = await network.getPair(tx, id, { ownedBy: null })
  const { userId, pairNumber, earningAmount, processedAt } = pair
  const earning = formatInr(earningAmount)
  const money = processedAt ? `Its ${earning} is taken back.` : `Its ${earning} will not be credited.`
  const message = `Your pair ${pairNumber} was reversed, because a member of it is no longer an Active Buyer. ${money}`
  return { userId, type: 'pair', title: 'Pair reversed', message, reference: { type: 'pair', id } }
}

async function instalmentNotice(tx: Tx, id: number): Promise<Notice> {
  const { number, dueDate, amount, paidAmount, booking } = await bookings.getInstalment(tx, id)
  const message = `Instalment ${number} of booking ${booking.bookingNumber} was due on ${dateLabel(dueDate)}; ${formatInr(amount - paidAmount)} are open.`
  return {
    userId: booking.userId,
    type: 'emi',
    title: 'Instalment overdue',
    message,
    reference: { type: 'instalment', id },
  }
}

const bookingTexts = {
  'booking.placed': { title: 'Booking placed', verb: 'is placed; pay the booking amount before it expires' },
  'booking.confirmed': { title: 'Booking confirmed', verb: 'is confirmed' },
  'booking.completed': { title: 'Booking paid in full', verb: 'is paid in full' },
  'booking.expired': { title: 'Booking expired', verb: 'has expired; what you had paid is in your wallet' },
  'booking.cancelled': { title: 'Booking cancelled', verb: 'was cancelled; what you had paid is in your wallet' },
} as const

async function bookingNotice(
  tx: Tx,
  { bookingId: id, name }: { bookingId: number; name: keyof typeof bookingTexts },
): Promise<Notice> {
  const { userId, bookingNumber } = await bookings.get(tx, id, { ownedBy: null })
  const { title, verb } = bookingTexts[name]
  return {
    userId,
    type: 'booking',
    title,
    message: `Booking ${bookingNumber} ${verb}.`,
    reference: { type: 'booking', id },
  }
}

const payoutTexts = {
  'payout.requested': { title: 'Payout requested', verb: 'was requested' },
  'payout.approved': { title: 'Payout approved', verb: 'was approved and goes to the bank' },
  'payout.completed': { title: 'Payout completed', verb: 'is on its way to your bank' },
  'payout.failed': { title: 'Payout failed', verb: 'could not be transferred; the amount is available again' },
  'payout.rejected': { title: 'Payout rejected', verb: 'was rejected; the amount is available again' },
  'payout.cancelled': { title: 'Payout cancelled', verb: 'was cancelled; the amount is available again' },
} as const

async function payoutNotice(
  tx: Tx,
  { payoutId: id, name }: { payoutId: number; name: keyof typeof payoutTexts },
): Promise<Notice> {
  const { userId, requestedAmount } = await payouts.get(tx, id, { ownedBy: null })
  const { title, verb } = payoutTexts[name]
  return {
    userId,
    type: 'payout',
    title,
    message: `Your payout of ${formatInr(requestedAmount)} ${verb}.`,
    reference: { type: 'payout', id },
  }
}

const kycTexts = {
  'kyc.submitted': {
    title: 'Identity check submitted',
    message: 'We received your identity papers and will review them.',
  },
  'kyc.approved': { title: 'Identity check approved', message: 'Your identity papers were approved.' },
  'kyc.rejected': { title: 'Identity check rejected', message: 'Your identity papers were rejected.' },
} as const

async function kycNotice(tx: Tx, { kycId: id, name }: { kycId: number; name: keyof typeof kycTexts }): Promise<Notice> {
  const { userId, rejectionReason } = await kyc.get(tx, id, { ownedBy: null })
  const { title, message } = kycTexts[name]
  const text = name === 'kyc.rejected' ? withReason(message, rejectionReason) : message
  return { userId, type: 'kyc', title, message: text, reference: { type: 'kyc', id }, isRepeatable: true }
}

async function nomineeNotice(
  tx: Tx,
  { nomineeId: id, name }: { nomineeId: number; name: 'nominee.approved' | 'nominee.rejected' },
): Promise<Notice> {
  const { userId, fullName, rejectionReason } = await nominees.get(tx, id, { ownedBy: null })
  const isApproved = name === 'nominee.approved'
  const title = isApproved ? 'Nominee approved' : 'Nominee rejected'
  const message = isApproved
    ? `${fullName} is approved as your nominee.`
    : withReason('Your nominee was rejected.', rejectionReason)
  return { userId, type: 'nominee', title, message, reference: { type: 'nominee', id }, isRepeatable: true }
}

/** A notification has room for a thousand characters. A reason that a newer submission has taken away is left out. */
const withReason = (message: string, reason: string) =>
  reason ? `${message} Reason: ${reason}`.slice(0, 1_000) : message

async function documentNotice(tx: Tx, id: number): Promise<Notice> {
  const { userId, title } = await documents.get(tx, id, { ownedBy: null })
  const message = `Your document “${title}” was verified.`
  return { userId, type: 'document', title: 'Document verified', message, reference: { type: 'document', id } }
}
