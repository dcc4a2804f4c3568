import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anApi, bookingOf, type Caller } from '../testing/an-api.ts'
import { arbitraryRequest, type Sender } from './random-input/arbitrary-request.ts'
import { type Breach, requestRunner } from './random-input/run-requests.ts'
import { theDocument } from './the-document.ts'

/** `RANDOM_REQUESTS=20000 RANDOM_SEED=7` makes a long run, and the same one again. */
const wanted = Number(process.env['RANDOM_REQUESTS'] ?? 1_000)
const seed = Number(process.env['RANDOM_SEED'] ?? 20_261_125)
const atOnce = 8
const perRound = 6

const document = theDocument()
const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ template, method, operation })),
)

eachDatabase((_, makeDatabase) => {
  test(`random requests to every operation get declared answers and no fault (seed ${seed})`, {
    timeout: 1_200_000,
  }, async () => {
    const api = await anApi((await makeDatabase()).database, {
      undeclaredRefusals: 'warning',
      // Room for all at once: that a full process turns streams away is another test's matter.
      notificationStreams: { pollMs: 100, sessionCheckMs: 1_000, heartbeatMs: 1_000, perMember: 3, perProcess: 1_000 },
    })
    const stop = api.handleAtOnce()
    const server = createServer(api.app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`
    const breaches: Breach[] = []
    const statuses = new Map<number, number>()
    let sent = 0

    for (let round = 0; sent < wanted; round += 1) {
      // New callers each round: the requests end sessions, change roles and close accounts.
      const callers = await someCallers(api)
      const run = requestRunner({ document, baseUrl, authorization: (sender) => callers.get(sender) ?? null })
      const requests = operations.flatMap((operation, index) =>
        fc.sample(arbitraryRequest(document, operation), { numRuns: perRound, seed: seed + round * 1_000 + index }),
      )
      const queue = requests.slice(0, wanted - sent)
      sent += queue.length
      await Promise.all(
        times(atOnce, async () => {
          for (let request = queue.pop(); request; request = queue.pop()) {
            const { status, breach } = await run(request)
            statuses.set(status, (statuses.get(status) ?? 0) + 1)
            if (breach && breaches.length < 20) breaches.push(breach)
          }
        }),
      )
    }
    server.closeAllConnections()
    server.close()
    stop()
    const told = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
    console.log(`${sent} random requests, seed ${seed}: ${told.join(', ')}`)
    expect(breaches).toEqual([])
    // Not everything may bounce off the door.
    const passed = [...statuses].reduce((sum, [status, count]) => (status < 300 ? sum + count : sum), 0)
    expect(passed).toBeGreaterThan(sent / 10)
    await api.expectSettledClean()
  })
})

async function someCallers(api: Awaited<ReturnType<typeof anApi>>): Promise<Map<Sender, string>> {
  const member = await api.aMember()
  const other = await api.aMember(member)
  const staff = await api.aColleague('staff')
  const admin = await api.aColleague('admin')
  const vehicle = await api.aVehicle()
  for (const owner of [member, other]) await aPaidBooking(api, owner, vehicle)
  const callers: [Sender, Caller][] = [
    ['member', member],
    ['other', other],
    ['staff', staff],
    ['admin', admin],
  ]
  return new Map<Sender, string>([
    ...callers.map(([sender, { authorization }]): [Sender, string] => [sender, authorization]),
    ['forged', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
  ])
}

async function aPaidBooking(
  api: Awaited<ReturnType<typeof anApi>>,
  by: Caller,
  vehicle: { id: number },
): Promise<void> {
  const { body } = await api.post('/api/booking/bookings/', by, bookingOf(vehicle)).expect(201)
  const payment = { amount: '6000.00', payment_method: 'online' }
  await api.post(`/api/booking/bookings/${body.id}/make_payment/`, by, payment).expect(201)
}
