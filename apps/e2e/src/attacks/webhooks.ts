import { eventSignature, sandboxSecrets } from '@ev/application'
import { createKeyedHash, systemClock } from '@ev/runtime'
import { expect, test } from 'vitest'
import type { Joined } from '../members.ts'
import { type AttackedPlatform, outcomes } from './attacked-platform.ts'

const dayMs = 86_400_000

export function attackByWebhooks(platform: () => AttackedPlatform): void {
  let events = 0
  const secrets = () => sandboxSecrets(createKeyedHash(platform().stack.hashKey))

  function eventOf(type: string, payment: object, { ageMs = 0 } = {}): string {
    const created_at = Math.floor((systemClock.now().getTime() - ageMs) / 1_000)
    return JSON.stringify({ entity: 'event', event: type, created_at, payload: { payment: { entity: payment } } })
  }

  function tell(body: string, { id = `event-${events++}`, signature = sign(body) } = {}) {
    const headers = { 'x-razorpay-signature': signature, 'x-razorpay-event-id': id }
    return platform().send('POST', '/webhooks/payments/sandbox/', { body, headers })
  }
  const sign = (body: string) => eventSignature(secrets(), Buffer.from(body))
  const said = async (telling: ReturnType<typeof tell>) => (await telling).body['status']

  /** An order of ₹500 for a booking, and what the gateway says of its payment. */
  async function anOrder(member: Joined) {
    const { aVehicle, book, done } = platform()
    const booking = Number((await book(member, await aVehicle({ price: 100_000 }))).body['id'])
    const path = `/booking/bookings/${booking}/payment-order/`
    const { sandbox_checkout } = await done('POST', path, { by: member, body: { amount: 500 } })
    const { order_id, payment_id } = sandbox_checkout as { order_id: string; payment_id: string }
    return { booking, payment: { id: payment_id, order_id, amount: 50_000, currency: 'INR', status: 'captured' } }
  }

  const creditsOf = async (bookingId: number) => {
    const { read } = platform().stack.db
    return [
      await read.payment.count({ where: { bookingId } }),
      await read.journalLine.count({ where: { bookingId } }),
      await read.paymentOrder.count({ where: { bookingId, status: 'paid' } }),
    ]
  }
  const nothing = [0, 0, 0]

  test('37: what is unsigned, old, of another amount or currency credits nothing', async () => {
    const { aMember, atOnce, booking } = platform()
    const member = await aMember()
    const order = await anOrder(member)
    const genuine = eventOf('payment.captured', order.payment)
    const signatures = ['', 'f'.repeat(64), eventSignature({ webhookSecret: 'guessed' }, Buffer.from(genuine))]
    const unsigned = await atOnce((n) => tell(genuine, { signature: signatures[n % 3]! }))
    expect(outcomes(unsigned)).toEqual({ '400 payment.signature_invalid': 100 })
    const other = (changes: object) => tell(eventOf('payment.captured', { ...order.payment, ...changes }))
    expect(await said(tell(eventOf('payment.captured', order.payment, { ageMs: 4 * dayMs })))).toBe('old')
    expect(await said(other({ amount: 50_001 }))).toBe('differs')
    expect(await said(other({ amount: 49_999 }))).toBe('differs')
    expect(await said(other({ currency: 'USD' }))).toBe('differs')
    expect(await said(other({ order_id: 'order_of_nobody' }))).toBe('unknown_order')
    expect(await creditsOf(order.booking)).toEqual(nothing)
    expect(await booking(member, order.booking)).toMatchObject({ status: 'pending', total_paid: '0.00' })
  })

  test('37: an event that comes a hundred times, under one id and under many, is one credit', async () => {
    const { aMember, atOnce, booking } = platform()
    const member = await aMember()
    for (const id of ['one', null]) {
      const order = await anOrder(member)
      const event = eventOf('payment.captured', order.payment)
      const answers = await atOnce((n) => tell(event, { id: `${order.payment.id}-${id ?? n}` }))
      const counted = answers.filter(({ body }) => body['status'] === 'counted')
      const repeated = answers.filter(({ body }) => body['status'] === 'repeated')
      expect([outcomes(answers), counted.length, repeated.length]).toEqual([{ 200: 100 }, 1, 99])
      expect(await creditsOf(order.booking)).toEqual([1, 1, 1])
      expect(await booking(member, order.booking)).toMatchObject({ total_paid: '500.00' })
    }
  })

  test('37: events out of order are one credit', async () => {
    const { aMember, atOnce, booking } = platform()
    const member = await aMember()
    const order = await anOrder(member)
    const types = ['payment.failed', 'order.paid', 'payment.authorized', 'payment.captured', 'refund.processed']
    const answers = await atOnce((n) => {
      const type = types[n % types.length]!
      const status = type === 'payment.captured' || type === 'order.paid' ? 'captured' : type.split('.')[1]
      return tell(eventOf(type, { ...order.payment, status }))
    })
    expect(outcomes(answers)).toEqual({ 200: 100 })
    expect(answers.filter(({ body }) => body['status'] === 'counted')).toHaveLength(1)
    expect(await creditsOf(order.booking)).toEqual([1, 1, 1])
    expect(await booking(member, order.booking)).toMatchObject({ total_paid: '500.00' })
  })
}
