import { formatInr, formatRupees, parseRupees } from '@ev/domain'
import { until } from '@ev/testing'
import { type Joined, request } from '../members.ts'
import type { AConsole } from './a-console.ts'

/** Where the money of the demo story stands, asked of the API and not of the page. */
export type Desk = {
  wallet(userId: number): Promise<Record<string, unknown>>
  bookingOf(member: Joined): Promise<Record<string, unknown>>
  payments(bookingId: number): Promise<readonly Record<string, unknown>[]>
  payment(id: number): Promise<Record<string, unknown>>
  payout(id: number): Promise<Record<string, unknown>>
  /** A cash payment that the member reports, and its id. */
  reportCash(member: Joined, bookingId: number, amount: string): Promise<number>
  deposit(userId: number, amount: string): Promise<void>
  /** Asks for a payout as the member, and answers its id. */
  askForPayout(member: Joined, amount: string): Promise<number>
  /** Waits for what the worker does. */
  until(condition: () => Promise<boolean>): Promise<true>
}

/** Asks as the admin whose window is open in the console. */
export async function aDesk({ url, signIn, tokenOf }: AConsole): Promise<Desk> {
  const token = await tokenOf(await signIn('admin@example.com'))
  const get = (path: string) => request(`${url}/api/v1${path}`, { token })
  const rows = async (path: string) => (await get(path))['results'] as readonly Record<string, unknown>[]
  return {
    wallet: (userId) => get(`/wallet/statement/?user=${userId}`),
    bookingOf: async ({ id }) => (await rows(`/booking/bookings/?user=${id}`))[0]!,
    payments: (bookingId) => rows(`/booking/payments/?booking=${bookingId}`),
    payment: (id) => get(`/booking/payments/${id}/`),
    payout: (id) => get(`/payout/${id}/`),
    async reportCash(member, bookingId, amount) {
      const asked = { method: 'POST', token: member.token, body: { amount, payment_method: 'cash' }, expected: [201] }
      return Number((await request(`${url}/api/v1/booking/bookings/${bookingId}/make_payment/`, asked))['id'])
    },
    async deposit(userId, amount) {
      const body = { user: userId, amount, reason: 'Paid at the desk' }
      await request(`${url}/api/v1/wallet/deposit/`, { method: 'POST', token, body, expected: [201] })
    },
    async askForPayout(member, amount) {
      const body = {
        requested_amount: amount,
        bank_name: 'HDFC Bank',
        account_number: '501001234567',
        ifsc_code: 'HDFC0001234',
        account_holder_name: 'As on the papers',
      }
      const asked = { method: 'POST', token: member.token, body, expected: [201] }
      return Number((await request(`${url}/api/v1/payout/`, asked))['id'])
    },
    until: (condition) => until(condition, { timeoutMs: 60_000 }),
  }
}

/** The sum of two amounts as the API writes them. */
export const plus = (amount: unknown, more: string): string =>
  formatRupees(parseRupees(amount, { allowNegative: true }) + parseRupees(more, { allowNegative: true }))

/** An amount of the API as people read it. */
export const inr = (amount: unknown): string => formatInr(parseRupees(amount, { allowNegative: true }))
