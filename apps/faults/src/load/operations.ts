import { formatRupees, type Paise, parseRupees } from '@ev/domain'
import type { Cast, Person } from './cast.ts'
import type { Answer, Ask, Json, PatientClient } from './patient-client.ts'
import { type BookingReceipt, file, type PaymentReceipt, type Receipts } from './receipts.ts'

export type Books = { readonly client: PatientClient; readonly receipts: Receipts; readonly cast: Cast }

/** Sends a request that moves money and files what came of it: null when it was refused or never answered. */
async function send<T>({ client, receipts }: Books, request: Ask, toReceipt: (body: Json) => T): Promise<T | null> {
  const answer: Answer = await client.ask({ ...request, method: 'POST' })
  if (answer.kind === 'undecided') receipts.undecided.push(`${request.path} ${JSON.stringify(request.body)}`)
  return answer.kind === 'acknowledged' ? toReceipt(answer.body) : null
}

export function book(books: Books, person: Person): Promise<BookingReceipt | null> {
  const body = {
    vehicle_model: books.cast.vehicleId,
    booking_amount: '500.00',
    payment_option: 'full_payment',
    terms_accepted: true,
  }
  const request: Ask = { method: 'POST', path: '/api/booking/bookings/', token: person.token, body }
  return send(books, request, (answer) => {
    const total = parseRupees(answer['total_amount'])
    const receipt = { id: Number(answer['id']), userId: Number(answer['user']), total }
    file(books.receipts, { into: books.receipts.bookings, what: 'booking' }, receipt)
    return receipt
  })
}

export function pay(
  books: Books,
  person: Person,
  { bookingId, amount, method }: { bookingId: number; amount: Paise; method: 'online' | 'wallet' },
): Promise<PaymentReceipt | null> {
  const path = `/api/booking/bookings/${bookingId}/make_payment/`
  const body = { amount: formatRupees(amount), payment_method: method }
  return send(books, { method: 'POST', path, token: person.token, body }, (answer) => {
    const receipt = {
      id: Number(answer['id']),
      bookingId: Number(answer['booking']),
      userId: Number(answer['user']),
      amount: parseRupees(answer['amount']),
      method,
    }
    file(books.receipts, { into: books.receipts.payments, what: 'payment' }, receipt)
    return receipt
  })
}

export async function refund(books: Books, { paymentId, amount }: { paymentId: number; amount: Paise }): Promise<void> {
  const body = { amount: formatRupees(amount), reason: 'A part was given back' }
  const path = `/api/booking/payments/${paymentId}/refund/`
  await send(books, { method: 'POST', path, token: books.cast.admin.token, body }, () => {
    books.receipts.refunds.push({ paymentId, amount })
  })
}

export async function deposit(books: Books, { userId, amount }: { userId: number; amount: Paise }): Promise<void> {
  const body = { user: userId, amount: formatRupees(amount), reason: 'Paid in at the counter' }
  const request: Ask = { method: 'POST', path: '/api/wallet/deposit/', token: books.cast.admin.token, body }
  await send(books, request, () => {
    books.receipts.deposits.push({ userId, amount })
  })
}

const bankAccount = {
  bank_name: 'HDFC Bank',
  account_number: '123456789012',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'A Member',
}

export function requestPayout(books: Books, person: Person, amount: Paise): Promise<{ id: number } | null> {
  const body = { requested_amount: formatRupees(amount), ...bankAccount }
  return send(books, { method: 'POST', path: '/api/payout/', token: person.token, body }, (answer) => {
    const requested = parseRupees(answer['requested_amount'])
    const receipt = { id: Number(answer['id']), userId: Number(answer['user']), requested }
    file(books.receipts, { into: books.receipts.payouts, what: 'payout' }, receipt)
    return receipt
  })
}

export async function approvePayout(books: Books, payoutId: number): Promise<void> {
  const request: Ask = {
    method: 'POST',
    path: `/api/payout/${payoutId}/process/`,
    token: books.cast.admin.token,
    body: {},
  }
  await send(books, request, () => {
    books.receipts.approvedPayouts.add(payoutId)
  })
}

/** Asks for pairs to be looked at; there is nothing to file, because each pair is made once whoever asks. */
export async function checkPairs(books: Books, person: Person): Promise<void> {
  await send(books, { method: 'POST', path: '/api/binary/pairs/check_pairs/', token: person.token, body: {} }, () => {})
}
