import type { Answer } from '../../api/answer.ts'

export type Booking = Answer<'/booking/bookings/{id}/'>

export type Payment = Answer<'/booking/payments/{id}/'>

/** What a payment or a refund is called by, by means. */
export const methodLabels: Readonly<Record<Payment['payment_method'], string>> = {
  online: 'Online',
  bank_transfer: 'Bank transfer',
  cash: 'Cash',
  wallet: 'From the wallet',
  emi_deduction: 'EMI deduction',
}
