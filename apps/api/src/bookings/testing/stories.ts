import { bookingOf, type Caller, type TestApi } from '../../testing/an-api.ts'

export const online = (amount: unknown) => ({ amount, payment_method: 'online' })
export const cash = (amount: unknown) => ({ amount, payment_method: 'cash' })

/** What members, staff and admins do about bookings, through HTTP. */
export function bookingStories(api: TestApi) {
  const book = (by: Caller, body: object, key?: string) => api.post('/api/booking/bookings/', by, body, key)
  return {
    book,
    async aBooking(by: Caller, changes: object = {}, { price = 100_000, stock = null as number | null } = {}) {
      const vehicle = await api.aVehicle({ price, stock })
      const { body } = await book(by, bookingOf(vehicle, changes)).expect(201)
      return body.id as number
    },
    read: async (by: Caller, id: number) => (await api.get(`/api/booking/bookings/${id}/`, by).expect(200)).body,
    pay: (by: Caller, id: number, body: object, key?: string) =>
      api.post(`/api/booking/bookings/${id}/make_payment/`, by, body, key),
    /** The id of a payment that was just made. */
    async paid(by: Caller, id: number, body: object): Promise<number> {
      return (await api.post(`/api/booking/bookings/${id}/make_payment/`, by, body).expect(201)).body.id
    },
    cancel: (by: Caller, id: number, key?: string) =>
      api.post(`/api/booking/bookings/${id}/cancel/`, by, { reason: 'Changed my mind' }, key),
    confirm: (by: Caller, paymentId: number, key?: string) =>
      api.post(`/api/booking/payments/${paymentId}/confirm/`, by, {}, key),
    fail: (by: Caller, paymentId: number, key?: string) =>
      api.post(`/api/booking/payments/${paymentId}/fail/`, by, { reason: 'No such transfer' }, key),
    refund: (by: Caller, paymentId: number, body: object = {}, key?: string) =>
      api.post(`/api/booking/payments/${paymentId}/refund/`, by, { reason: 'Goodwill', ...body }, key),
    wallet: async (of: Caller) => (await api.get('/api/wallet/my_wallet/', of).expect(200)).body,
    statement: async (of: Caller): Promise<[string, string][]> => {
      const { body } = await api.get('/api/wallet/transactions/', of).expect(200)
      return body.results.map((row: { transaction_type: string; amount: string }) => [row.transaction_type, row.amount])
    },
    isActiveBuyer: async (who: Caller) => (await api.get('/api/users/profile/', who).expect(200)).body.is_active_buyer,
    noticesOf: async (who: Caller): Promise<string[]> => {
      await api.settle()
      const { body } = await api.get('/api/notifications/', who).expect(200)
      return body.results.map(({ title }: { title: string }) => title)
    },
    /** How often each status came, as `{ 201: 1, 409: 99 }`. */
    countStatuses: (answers: readonly { status: number }[]): Record<number, number> =>
      answers.reduce<Record<number, number>>((counts, { status }) => {
        counts[status] = (counts[status] ?? 0) + 1
        return counts
      }, {}),
  }
}

export type BookingStories = ReturnType<typeof bookingStories>
