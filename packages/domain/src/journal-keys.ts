// Natural keys. Each is built here and nowhere else, so that two places cannot spell one event differently.

export const referralKey = (paymentId: number): string => `referral:payment:${paymentId}`
export const referralReversalKey = (paymentId: number): string => `referral-reversal:payment:${paymentId}`
/** A part of a bonus that is taken back; `reversed` is what has been taken back in all with it, which only grows. */
export const referralPartReversalKey = (paymentId: number, reversed: bigint): string =>
  `${referralReversalKey(paymentId)}:paise:${reversed}`
/** Whether an entry about a payment is about its referral bonus. */
export const isReferralKey = (key: string): boolean => key.startsWith('referral')
/** What had been taken back of a payment's bonus in all with the part that this key names; null for any other key. */
export function reversedInAll(key: string, paymentId: number): bigint | null {
  const start = referralPartReversalKey(paymentId, 0n).slice(0, -1)
  const reversed = key.startsWith(start) ? key.slice(start.length) : ''
  return /^\d+$/.test(reversed) ? BigInt(reversed) : null
}
export const pairKey = (pairId: number): string => `pair:${pairId}`
export const pairReversalKey = (pairId: number): string => `${pairKey(pairId)}:reversal`
export const paymentKey = (paymentId: number): string => `payment:${paymentId}`
export const payoutKey = (payoutId: number, step: 'hold' | 'debit' | 'release'): string => `payout:${payoutId}:${step}`
export const refundKey = (refundId: number): string => `refund:${refundId}`
export const bookingRefundKey = (bookingId: number): string => `refund:booking:${bookingId}`
/** A payment that draws on the member's EMI reserve. */
export const reserveDrawKey = (paymentId: number): string => `reserve-draw:payment:${paymentId}`
export const depositKey = (depositId: number): string => `deposit:${depositId}`
/** What a member's wallet, or one of the bookings' payments or tax records, brought along from the replaced platform. */
export const openingKey = (what: 'wallet' | 'payment' | 'tax', id: number): string => `opening:${what}:${id}`
export const adjustmentKey = (adjustmentId: number): string => `adjustment:${adjustmentId}`
