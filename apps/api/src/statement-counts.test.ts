import { eachDatabase } from '@ev/db/testing'
import { beforeAll, expect, test } from 'vitest'
import { anApi, bookingOf, type Caller, type TestApi } from './testing/an-api.ts'

/** What a hot path costs is first of all how often it asks the database. A number here may fall; to raise one needs a reason. */
eachDatabase((_provider, makeDatabase) => {
  const sent: string[] = []
  let api: TestApi
  let member: Caller
  let tracked: { id: number }

  beforeAll(async () => {
    const { database } = await makeDatabase({ onStatement: (sql) => void sent.push(sql) })
    api = await anApi(database)
    member = await api.aMember(await api.aMember())
    tracked = await api.aVehicle({ stock: 100 })
    for (let n = 0; n < 20; n += 1) await api.post('/api/v1/booking/bookings/', member, bookingOf(tracked)).expect(201)
  })

  /** The statements of one request; what begins and ends a transaction is not counted. */
  async function statementsOf(ask: () => PromiseLike<{ status: number }>, status: number): Promise<string[]> {
    sent.length = 0
    expect((await ask()).status).toBe(status)
    return sent.filter((sql) => !/^(BEGIN|COMMIT)/.test(sql))
  }

  const lists = [
    { path: '/api/v1/wallet/my_wallet/', most: 2 },
    { path: '/api/v1/booking/bookings/', most: 3 },
    { path: '/api/v1/inventory/vehicles/', most: 1 },
  ]

  test.each(lists)('$path asks at most $most times', async ({ path, most }) => {
    const ask = () => api.get(path, member).set('Host', 'shop.example')
    // The catalogue is kept from its first request on.
    await ask().expect(200)
    expect((await statementsOf(ask, 200)).length).toBeLessThanOrEqual(most)
  })

  const most = { placing: 9, paying: 10 }

  test(`placing a booking asks at most ${most.placing} times`, async () => {
    const place = () => api.post('/api/v1/booking/bookings/', member, bookingOf(tracked))
    expect((await statementsOf(place, 201)).length).toBeLessThanOrEqual(most.placing)
  })

  test(`the payment that confirms a booking asks at most ${most.paying} times`, async () => {
    const { body } = await api.post('/api/v1/booking/bookings/', member, bookingOf(tracked)).expect(201)
    const payment = { amount: '500.00', payment_method: 'online' }
    const pay = () => api.post(`/api/v1/booking/bookings/${body.id}/make_payment/`, member, payment)
    expect((await statementsOf(pay, 201)).length).toBeLessThanOrEqual(most.paying)
  })
})
