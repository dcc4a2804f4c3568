import { createRazorpayGateway, eventSignature, sandboxSecrets } from '@ev/application'
import type { Database } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { anApi, type Caller, notAmounts, start, type TestApi } from '../testing/an-api.ts'
import { aRazorpayPayment, fakeRazorpay, razorpayKeys } from './testing/fake-razorpay.ts'
import { type BookingStories, bookingStories, cash, online } from './testing/stories.ts'

const webhook = (provider: string) => `/api/webhooks/payments/${provider}/`
let events = 0

/** An event as the gateway sends it. */
function anEvent(type: string, payment: object, at = start) {
  events += 1
  const body = JSON.stringify({
    entity: 'event',
    event: type,
    created_at: Math.floor(at.getTime() / 1_000),
    payload: { payment: { entity: payment } },
  })
  return { id: `event_${events}`, body }
}

type Event = ReturnType<typeof anEvent>
type Order = { order_id: string; sandbox_checkout: { order_id: string; payment_id: string; signature: string } }

eachDatabase((_name, makeDatabase) => {
  let database: Database
  let api: TestApi
  let story: BookingStories
  beforeAll(async () => {
    database = (await makeDatabase()).database
    api = await anApi(database)
    story = bookingStories(api)
  })
  afterEach(() => api.expectSettledClean())

  const open = (by: Caller, id: number, amount: unknown, key?: string) =>
    api.post(`/api/booking/bookings/${id}/payment-order/`, by, { amount }, key)
  const verify = (by: Caller, checkout: object) => api.post('/api/booking/payments/verify/', by, checkout)
  const anOrder = async (by: Caller, id: number, amount: unknown = 500): Promise<Order> =>
    (await open(by, id, amount).expect(201)).body
  const paymentsOf = (bookingId: number) => api.deps.db.read.payment.count({ where: { bookingId } })
  const ordersOf = (bookingId: number) => api.deps.db.read.paymentOrder.findMany({ where: { bookingId } })

  const tell = (event: Event, { provider = 'sandbox', secret = sandboxSecrets(api.deps.hash), to = api } = {}) =>
    to.http
      .post(webhook(provider))
      .set('Content-Type', 'application/json')
      .set('X-Razorpay-Signature', eventSignature(secret, Buffer.from(event.body)))
      .set('X-Razorpay-Event-Id', event.id)
      .send(event.body)
  const captured = ({ sandbox_checkout: { order_id, payment_id: id } }: Order, change = {}) =>
    anEvent('payment.captured', aRazorpayPayment({ id, order_id, ...change }))

  describe('in the sandbox', () => {
    test('an order is paid by what it hands out, and the booking moves on', async () => {
      const asha = await api.aMember()
      const ravi = await api.aMember(asha)
      const id = await story.aBooking(ravi)
      const { body: order } = await open(ravi, id, '5000.00').expect(201)
      expect(order).toMatchObject({
        booking: id,
        provider: 'sandbox',
        key_id: null,
        amount: '5000.00',
        amount_in_paise: 500_000,
        currency: 'INR',
        status: 'created',
      })
      const { body: payment } = await verify(ravi, order.sandbox_checkout).expect(200)
      expect(payment).toMatchObject({
        booking: id,
        amount: '5000.00',
        payment_method: 'online',
        status: 'completed',
        transaction_id: `sandbox:${order.sandbox_checkout.payment_id}`,
      })
      expect(await story.read(ravi, id)).toMatchObject({ status: 'active', total_paid: '5000.00' })
      await api.settle()
      expect((await story.wallet(asha)).balance).toBe('250.00')
      expect((await verify(ravi, order.sandbox_checkout).expect(200)).body).toEqual(payment)
      expect(await ordersOf(id)).toMatchObject([{ status: 'paid', paymentId: payment.id }])
    })

    test('webhook and checkout, in any order and any number, together make one payment', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const orders = await Promise.all(times(3, () => anOrder(ravi, id)))
      for (const [index, order] of orders.entries()) {
        const event = captured(order)
        const paid = { ...captured(order), body: event.body.replace('payment.captured', 'order.paid') }
        const deliver = [
          ...times(4, () => tell(event)),
          ...times(3, () => tell(paid)),
          ...times(4, () => verify(ravi, order.sandbox_checkout)),
        ]
        const answers = await Promise.all(index === 0 ? deliver : deliver.reverse())
        expect(answers.map(({ status }) => status)).toEqual(times(11, () => 200))
        const moved = answers.filter(({ body }) => body.status === 'counted')
        expect(moved.length).toBeLessThanOrEqual(1)
        expect(await paymentsOf(id)).toBe(index + 1)
      }
      expect((await story.read(ravi, id)).total_paid).toBe('1500.00')
    })

    test('a hundred requests with one key open one order', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const answers = await Promise.all(times(100, () => open(ravi, id, 500, 'order')))
      const done = answers.filter(({ status }) => status === 201)
      expect(new Set(done.map(({ body }) => body.order_id)).size).toBe(1)
      expect(answers.filter(({ status, body }) => status !== 201 && body.code !== 'idempotency.in_progress')).toEqual(
        [],
      )
      expect(await ordersOf(id)).toHaveLength(1)
      const again = await open(ravi, id, 500, 'order').expect(201)
      expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', done[0]!.body])
      expect((await open(ravi, id, 501, 'order').expect(409)).body.code).toBe('idempotency.key_reused')
    })

    test('an order is refused for what the booking cannot take', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi, {}, { price: 1_000 })
      expect((await open(ravi, id, '1000.01').expect(400)).body.code).toBe('payment.exceeds_remaining')
      expect((await open(ravi, id, 0).expect(400)).body.code).toBe('payment.not_positive')
      for (const amount of notAmounts) await open(ravi, id, amount).expect(400)
      expect((await open(await api.aMember(), id, 1).expect(404)).body.code).toBe('booking.not_found')
      await story.cancel(ravi, id).expect(200)
      expect((await open(ravi, id, 1).expect(409)).body.code).toBe('booking.closed')
      expect(await ordersOf(id)).toEqual([])
    })

    test('another member’s order is not there, and a signature is that of its own payment only', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const [order, other] = [await anOrder(ravi, id), await anOrder(ravi, id)]
      const checkout = order.sandbox_checkout
      const refused = async (by: Caller, body: object, status: number, code: string) =>
        expect((await verify(by, body).expect(status)).body.code).toBe(code)
      await refused(await api.aMember(), checkout, 404, 'payment.order_not_found')
      await refused(ravi, { ...checkout, order_id: 'order_unknown' }, 404, 'payment.order_not_found')
      await refused(ravi, { ...checkout, order_id: other.order_id }, 400, 'payment.signature_invalid')
      await refused(ravi, { ...checkout, payment_id: 'pay_other' }, 400, 'payment.signature_invalid')
      await refused(
        ravi,
        { ...checkout, signature: checkout.signature.toUpperCase() },
        400,
        'payment.signature_invalid',
      )
      await refused(ravi, { ...checkout, signature: 'é' }, 400, 'payment.signature_invalid')
      await refused(ravi, { ...checkout, signature: [checkout.signature] }, 400, 'validation.failed')
      expect(await paymentsOf(id)).toBe(0)
    })

    test('a transaction id in the form of a gateway’s is nobody’s to report', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const order = await anOrder(ravi, id)
      const transaction_id = `sandbox:${order.sandbox_checkout.payment_id}`
      const { body } = await story.pay(ravi, id, { ...cash(500), transaction_id }).expect(400)
      expect(Object.keys(body.errors)).toEqual(['transaction_id'])
      await story.paid(ravi, id, { ...cash(500), transaction_id: order.sandbox_checkout.payment_id })
      await tell(captured(order)).expect(200, { status: 'counted' })
      expect((await story.read(ravi, id)).total_paid).toBe('500.00')
    })
  })

  describe('a webhook', () => {
    test('that is not signed, or signed for other bytes, credits nothing', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const event = captured(await anOrder(ravi, id))
      const send = (body: string, signature: string | null) => {
        const request = api.http.post(webhook('sandbox')).set('Content-Type', 'application/json')
        if (signature !== null) request.set('X-Razorpay-Signature', signature)
        return request.set('X-Razorpay-Event-Id', event.id).send(body)
      }
      const secrets = sandboxSecrets(api.deps.hash)
      const signature = eventSignature(secrets, Buffer.from(event.body))
      const byKey = eventSignature({ webhookSecret: secrets.keySecret }, Buffer.from(event.body))
      const refused = [
        await send(event.body, null),
        await send(event.body, ''),
        await send(event.body, 'f'.repeat(64)),
        await send(event.body, byKey),
        await send(`${event.body} `, signature),
        await send(event.body.replace('50000', '49999'), signature),
        await api.http.post(webhook('sandbox')).set('X-Razorpay-Signature', signature),
      ]
      expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
        refused.map(() => [400, 'payment.signature_invalid']),
      )
      expect(await paymentsOf(id)).toBe(0)
      await send(event.body, signature).expect(200, { status: 'counted' })
    })

    test('that is repeated credits nothing more, also under a new event id', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const event = captured(await anOrder(ravi, id))
      await tell(event).expect(200, { status: 'counted' })
      await tell(event).expect(200, { status: 'repeated' })
      await tell({ ...event, id: 'event_forged' }).expect(200, { status: 'repeated' })
      expect((await story.read(ravi, id)).total_paid).toBe('500.00')
      expect(await api.deps.db.read.providerEvent.count({ where: { eventId: event.id } })).toBe(1)
    })

    test('that is old credits nothing', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const order = await anOrder(ravi, id)
      const { payment_id, order_id } = order.sandbox_checkout
      const longAgo = new Date(api.clock.now().getTime() - 4 * 86_400_000)
      const payment = aRazorpayPayment({ id: payment_id, order_id })
      await tell(anEvent('payment.captured', payment, longAgo)).expect(200, { status: 'old' })
      expect(await paymentsOf(id)).toBe(0)
    })

    test.each([
      ['another amount', { amount: 50_001 }, 'differs'],
      ['a smaller amount', { amount: 1 }, 'differs'],
      ['another currency', { currency: 'USD' }, 'differs'],
      ['an unknown order', { order_id: 'order_of_somebody' }, 'unknown_order'],
      ['no order', { order_id: null }, 'noted'],
      ['money that is only authorised', { status: 'authorized' }, 'noted'],
      ['a broken amount', { amount: 500.5 }, 'noted'],
      ['a negative amount', { amount: -50_000 }, 'noted'],
    ])('of %s credits nothing', async (_, change, status) => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      await tell(captured(await anOrder(ravi, id), change)).expect(200, { status })
      expect(await paymentsOf(id)).toBe(0)
      expect(await ordersOf(id)).toMatchObject([{ status: 'created', paymentId: null }])
    })

    test('out of order: a failed attempt after or before the payment changes nothing about it', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const [first, second] = [await anOrder(ravi, id), await anOrder(ravi, id)]
      const failed = ({ order_id }: Order) =>
        anEvent('payment.failed', { id: 'pay_failed', order_id, status: 'failed' })
      await tell(failed(first)).expect(200, { status: 'noted' })
      expect((await ordersOf(id))[0]).toMatchObject({ status: 'failed' })
      await tell(captured(first)).expect(200, { status: 'counted' })
      await tell(captured(second)).expect(200, { status: 'counted' })
      await tell(failed(second)).expect(200, { status: 'noted' })
      expect(await ordersOf(id)).toMatchObject([{ status: 'paid' }, { status: 'paid' }])
      expect((await story.read(ravi, id)).total_paid).toBe('1000.00')
    })

    test('of refunds and whatever else there is only remembered', async () => {
      for (const type of ['refund.processed', 'refund.failed', 'settlement.processed']) {
        const event = anEvent(type, {})
        await tell(event).expect(200, { status: 'noted' })
        await tell(event).expect(200, { status: 'repeated' })
      }
      await tell({ id: 'event_empty', body: '[]' }).expect(400)
    })

    test('of a gateway that is not in use is at no address', async () => {
      const event = anEvent('payment.captured', {})
      for (const provider of ['razorpay', 'paypal']) {
        expect((await tell(event, { provider }).expect(404)).body.code).toBe('request.not_found')
      }
    })
  })

  describe('money that a booking can no longer take is the member’s, once', () => {
    test.each([
      ['cancelled', (by: Caller, id: number) => story.cancel(by, id).expect(200)],
      ['paid otherwise', (by: Caller, id: number) => story.pay(by, id, online(1_000)).expect(201)],
      ['paid in part, so that less remains', (by: Caller, id: number) => story.pay(by, id, online(501)).expect(201)],
    ])('of a booking that was %s', async (_, meanwhile) => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi, {}, { price: 1_000 })
      const order = await anOrder(ravi, id)
      await meanwhile(ravi, id)
      const [before, walletBefore] = [await story.read(ravi, id), await story.wallet(ravi)]
      const answers = await Promise.all([
        ...times(4, () => tell(captured(order))),
        verify(ravi, order.sandbox_checkout),
      ])
      expect(answers.map(({ status }) => status)).toEqual(times(5, () => 200))
      const { body: payment } = await verify(ravi, order.sandbox_checkout).expect(200)
      expect(payment).toMatchObject({ status: 'refunded', amount: '500.00', refunded_amount: '500.00' })
      expect(await story.read(ravi, id)).toEqual(before)
      const added = Number((await story.wallet(ravi)).balance) - Number(walletBefore.balance)
      expect(added).toBe(500)
      expect((await story.statement(ravi))[0]).toEqual(['REFUND', '500.00'])
      expect(await story.noticesOf(ravi)).toContain('Payment refunded')
    })

    test('of a booking past its expiry, whether or not the schedule has noticed', async () => {
      const late = await anApi(database)
      const ravi = await api.aMember()
      const lateStory = bookingStories(late)
      const id = await lateStory.aBooking(ravi)
      const order = (await late.post(`/api/booking/bookings/${id}/payment-order/`, ravi, { amount: 500 }).expect(201))
        .body
      late.clock.advance(30 * 86_400_000)
      const { payment_id, order_id } = order.sandbox_checkout
      const payment = aRazorpayPayment({ id: payment_id, order_id })
      await tell(anEvent('payment.captured', payment, late.clock.now()), { to: late }).expect(200, {
        status: 'returned',
      })
      const wallet = await late.deps.db.read.wallet.findUniqueOrThrow({ where: { userId: ravi.id } })
      expect(wallet.balance).toBe(50_000n)
    })

    test('of an order that was paid twice', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi)
      const order = await anOrder(ravi, id)
      await tell(captured(order)).expect(200, { status: 'counted' })
      const second = captured(order, { id: `${order.sandbox_checkout.payment_id}_again` })
      await tell(second).expect(200, { status: 'returned' })
      expect((await story.read(ravi, id)).total_paid).toBe('500.00')
      expect((await story.wallet(ravi)).balance).toBe('500.00')
    })

    test('when webhooks of the last rupees, payments and a cancellation come at one moment, nothing is lost', async () => {
      const ravi = await api.aMember()
      const id = await story.aBooking(ravi, {}, { price: 1_000 })
      const orders = await Promise.all(times(5, () => anOrder(ravi, id, 500)))
      const answers = await Promise.all([
        ...orders.flatMap((order) => [tell(captured(order)), verify(ravi, order.sandbox_checkout)]),
        story.pay(ravi, id, online(300)),
        story.cancel(ravi, id),
      ])
      expect(answers.filter(({ status }) => ![200, 201, 400, 409].includes(status))).toEqual([])
      const { total_paid } = await story.read(ravi, id)
      const online300 = answers[10]!.status === 201 ? 300 : 0
      expect(Number(total_paid) + Number((await story.wallet(ravi)).balance)).toBe(2_500 + online300)
    })
  })

  describe('with Razorpay', () => {
    let razorpay: Awaited<ReturnType<typeof fakeRazorpay>>
    let live: TestApi
    beforeAll(async () => {
      razorpay = await fakeRazorpay()
      const gateway = createRazorpayGateway({ ...razorpayKeys, apiUrl: razorpay.url, log: api.deps.log })
      live = await anApi(database, {}, { gateway })
    })
    afterAll(() => razorpay.close())

    const sign = (orderId: string, paymentId: string) =>
      eventSignature({ webhookSecret: razorpayKeys.keySecret }, Buffer.from(`${orderId}|${paymentId}`))
    const checkoutOf = (order_id: string, payment_id: string) => ({
      order_id,
      payment_id,
      signature: sign(order_id, payment_id),
    })
    const openLive = (by: Caller, id: number, amount: unknown, key?: string) =>
      live.post(`/api/booking/bookings/${id}/payment-order/`, by, { amount }, key)
    const verifyLive = (by: Caller, checkout: object) => live.post('/api/booking/payments/verify/', by, checkout)

    test('an order is opened over its API with the key as basic auth and whole paise', async () => {
      const ravi = await api.aMember()
      const id = await bookingStories(live).aBooking(ravi)
      const { body } = await openLive(ravi, id, '500.01').expect(201)
      expect(body).toMatchObject({
        provider: 'razorpay',
        key_id: 'rzp_test_key',
        amount_in_paise: 50_001,
        sandbox_checkout: null,
      })
      const asked = razorpay.received.at(-1)!
      expect(asked).toMatchObject({
        method: 'POST',
        path: '/v1/orders',
        authorization: `Basic ${Buffer.from(`rzp_test_key:${razorpayKeys.keySecret}`).toString('base64')}`,
        contentType: 'application/json',
        body: { amount: 50_001, currency: 'INR', receipt: expect.stringMatching(/^ev-.{1,37}$/) },
      })
      expect(JSON.stringify(body)).not.toContain(razorpayKeys.keySecret)
    })

    test('one key asks it for one order', async () => {
      const ravi = await api.aMember()
      const id = await bookingStories(live).aBooking(ravi)
      const { body: first } = await openLive(ravi, id, 500, 'one').expect(201)
      const asked = razorpay.received.length
      expect((await openLive(ravi, id, 500, 'one').expect(201)).body).toEqual(first)
      expect(razorpay.received).toHaveLength(asked)
    })

    test('an online payment is not made without an order', async () => {
      const ravi = await api.aMember()
      const liveStory = bookingStories(live)
      const id = await liveStory.aBooking(ravi)
      expect((await liveStory.pay(ravi, id, online(500)).expect(409)).body.code).toBe('payment.order_required')
      await liveStory.pay(ravi, id, cash(500)).expect(201)
    })

    test('a checkout counts when it is signed and the API says that the money was collected', async () => {
      const ravi = await api.aMember()
      const liveStory = bookingStories(live)
      const id = await liveStory.aBooking(ravi)
      const { order_id } = (await openLive(ravi, id, 500).expect(201)).body
      const checkout = checkoutOf(order_id, 'pay_live')
      const code = async () => (await verifyLive(ravi, checkout).expect(409)).body.code
      expect(await code()).toBe('payment.not_captured')
      razorpay.has(aRazorpayPayment({ id: 'pay_live', order_id, status: 'authorized' }))
      expect(await code()).toBe('payment.not_captured')
      razorpay.has(aRazorpayPayment({ id: 'pay_live', order_id, amount: 49_999 }))
      expect(await code()).toBe('payment.amount_differs')
      razorpay.has(aRazorpayPayment({ id: 'pay_live', order_id, currency: 'USD' }))
      expect(await code()).toBe('payment.amount_differs')
      razorpay.has(aRazorpayPayment({ id: 'pay_live', order_id: 'order_other' }))
      expect(await code()).toBe('payment.amount_differs')
      expect((await liveStory.read(ravi, id)).total_paid).toBe('0.00')
      razorpay.has(aRazorpayPayment({ id: 'pay_live', order_id }))
      const { body } = await verifyLive(ravi, checkout).expect(200)
      expect(body).toMatchObject({ status: 'completed', transaction_id: 'razorpay:pay_live' })
      const forged = { ...checkout, signature: sign(order_id, 'pay_else') }
      expect((await verifyLive(ravi, forged).expect(400)).body.code).toBe('payment.signature_invalid')
    })

    test('its webhook counts by its own secret, whichever comes first', async () => {
      const ravi = await api.aMember()
      const liveStory = bookingStories(live)
      const id = await liveStory.aBooking(ravi)
      const { order_id } = (await openLive(ravi, id, 500).expect(201)).body
      const payment = aRazorpayPayment({ id: `pay_${order_id}`, order_id })
      razorpay.has(payment)
      const event = anEvent('payment.captured', payment)
      const wrong = {
        provider: 'razorpay',
        secret: { ...razorpayKeys, webhookSecret: razorpayKeys.keySecret },
        to: live,
      }
      expect((await tell(event, wrong).expect(400)).body.code).toBe('payment.signature_invalid')
      const right = { provider: 'razorpay', secret: razorpayKeys, to: live }
      const answers = await Promise.all([
        ...times(5, () => tell(event, right)),
        ...times(5, () => verifyLive(ravi, checkoutOf(order_id, payment.id))),
      ])
      expect(answers.map(({ status }) => status)).toEqual(times(10, () => 200))
      expect((await liveStory.read(ravi, id)).total_paid).toBe('500.00')
      expect(await paymentsOf(id)).toBe(1)
      await tell(anEvent('payment.captured', payment), { to: live }).expect(404)
    })

    test('without its API nothing is opened or counted, and the client may try again', async () => {
      const ravi = await api.aMember()
      const id = await bookingStories(live).aBooking(ravi)
      const { order_id } = (await openLive(ravi, id, 500).expect(201)).body
      const codes: string[] = []
      for (const answer of [
        { status: 500, body: '{}' },
        { status: 200, body: 'not JSON' },
        { status: 200, body: '{"id":"order_x","amount":1,"currency":"INR"}' },
        { status: 401, body: '{}' },
      ]) {
        razorpay.breaks(answer)
        codes.push((await openLive(ravi, id, 500, 'again')).body.code)
      }
      expect(codes).toEqual([...times(3, () => 'service.unavailable'), 'payment.gateway_refused'])
      razorpay.breaks({ status: 503, body: '' })
      expect((await verifyLive(ravi, checkoutOf(order_id, 'pay_away')).expect(503)).body.code).toBe(
        'service.unavailable',
      )
      razorpay.breaks(null)
      await openLive(ravi, id, 500, 'again').expect(201)
      expect(await ordersOf(id)).toHaveLength(2)
    })
  })
})
