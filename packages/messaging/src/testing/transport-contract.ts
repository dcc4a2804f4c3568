import { randomUUID } from 'node:crypto'
import { until } from '@ev/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Envelope } from '../envelope.ts'
import type { HandlerName } from '../handler-catalogue.ts'
import { done, type Outcome } from '../outcome.ts'
import type { Delivered, Transport } from '../transport.ts'
import { anEnvelope } from './builders.ts'
import type { TransportHarness } from './transport-harness.ts'

const grace = { graceMs: 5_000 }
const eventually = (condition: () => boolean | Promise<boolean>) => until(condition, { timeoutMs: 15_000 })

/** What every transport promises, run against one. Each test begins with a harness of its own. */
export function transportContract(name: string, makeHarness: () => Promise<TransportHarness>): void {
  describe(`${name}: transport contract`, () => {
    let harness: TransportHarness
    let transport: Transport
    let others: Transport[]

    beforeEach(async () => {
      harness = await makeHarness()
      others = []
      transport = harness.open()
      await isUp(transport)
    })
    afterEach(async () => {
      await Promise.all([transport, ...others].map((one) => one.close(grace)))
      await harness.cleanUp()
    })

    async function another(): Promise<Transport> {
      const other = harness.open()
      others.push(other)
      await isUp(other)
      return other
    }

    /** Works a handler with `decide`, and keeps what it was given. */
    async function work<H extends HandlerName>(
      handler: H,
      decide: (one: Delivered<H>) => Outcome | Promise<Outcome> = () => done,
      on = transport,
    ) {
      const seen: Delivered<H>[] = []
      const subscription = await on.subscribe(handler, async (batch) => {
        seen.push(...batch)
        return Promise.all(batch.map(decide))
      })
      const of = (envelope: Envelope) => seen.filter((one) => one.envelope.id === envelope.id)
      return {
        seen,
        of,
        attemptsOf: (envelope: Envelope) => of(envelope).map(({ attempt }) => attempt),
        close: () => subscription.close(grace),
      }
    }

    test('a message reaches each of its handlers once, as it was sent, and no other', async () => {
      const referral = await work('payments.credit-referral')
      const notices = await work('notifications.deliver')
      const credits = await work('pairs.credit')
      const payment = anEnvelope('payment.completed', { paymentId: 42 })
      const pair = anEnvelope('pair.matched', { pairId: 7 })

      expect(await transport.publish([payment, pair])).toEqual([{ kind: 'confirmed' }, { kind: 'confirmed' }])

      await eventually(
        () => referral.of(payment).length > 0 && notices.of(payment).length > 0 && credits.of(pair).length > 0,
      )
      expect(referral.of(payment)).toEqual([{ envelope: payment, attempt: 1 }])
      expect(notices.of(payment)).toEqual([{ envelope: payment, attempt: 1 }])
      expect([referral.of(pair), notices.of(pair), credits.of(payment)]).toEqual([[], [], []])
    })

    test('what is published before anybody listens waits', async () => {
      const pair = anEnvelope('pair.matched', { pairId: 8 })
      await transport.publish([pair])

      const credits = await work('pairs.credit', () => done, await another())

      await eventually(() => credits.of(pair).length === 1)
    })

    test('a single active handler gets one batch after the other, in order, also with two processes', async () => {
      const order: number[] = []
      let running = 0
      let most = 0
      const take = async (batch: readonly Delivered<'network.place-and-match'>[]) => {
        running += 1
        most = Math.max(most, running)
        for (const { envelope } of batch) if ('userId' in envelope.payload) order.push(envelope.payload.userId)
        await new Promise(setImmediate)
        running -= 1
        return batch.map(() => done)
      }
      await transport.subscribe('network.place-and-match', take)
      await (await another()).subscribe('network.place-and-match', take)
      const userIds = Array.from({ length: 450 }, (_, i) => i + 1)
      for (let at = 0; at < userIds.length; at += 90) {
        await transport.publish(userIds.slice(at, at + 90).map((userId) => anEnvelope('member.registered', { userId })))
      }

      await eventually(() => order.length >= userIds.length)
      expect(order).toEqual(userIds)
      expect(most).toBe(1)
    })

    test('a fault is tried again after each pause with the next attempt, then parked with its reason', async () => {
      const pair = anEnvelope('pair.matched', { pairId: 9 })
      const credits = await work('pairs.credit', ({ attempt }) => ({ kind: 'retry', reason: `no luck ${attempt}` }))
      await transport.publish([pair])

      await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 1)
      expect(credits.attemptsOf(pair)).toEqual([1, 2, 3])
      const parked = await transport.parked('pairs.credit', { limit: 10 })
      expect(parked).toMatchObject([{ handler: 'pairs.credit', envelope: pair, reason: 'no luck 3', attempt: 3 }])
    })

    test('a fault that passes is done at a later attempt', async () => {
      const pair = anEnvelope('pair.matched', { pairId: 10 })
      const credits = await work('pairs.credit', ({ attempt }) =>
        attempt < 3 ? { kind: 'retry', reason: 'busy' } : done,
      )
      await transport.publish([pair])

      await eventually(() => credits.of(pair).length === 3)
      await credits.close()
      expect((await transport.parkedCount())['pairs.credit']).toBe(0)
    })

    test('a handler that throws, or answers too little, has failed', async () => {
      const [throwing, silent] = [
        anEnvelope('pair.matched', { pairId: 11 }),
        anEnvelope('payout.approved', { payoutId: 12 }),
      ]
      await transport.subscribe('pairs.credit', () => {
        throw new Error('torn cable')
      })
      await transport.subscribe('payouts.transfer', async () => [])
      await transport.publish([throwing, silent])

      await eventually(async () => {
        const counts = await transport.parkedCount()
        return counts['pairs.credit'] === 1 && counts['payouts.transfer'] === 1
      })
      expect((await transport.parked('pairs.credit', { limit: 1 }))[0]?.reason).toContain('torn cable')
      expect((await transport.parked('payouts.transfer', { limit: 1 }))[0]).toMatchObject({
        envelope: silent,
        attempt: 3,
      })
    })

    test('a refusal is parked at once', async () => {
      const pair = anEnvelope('pair.matched', { pairId: 13 })
      const credits = await work('pairs.credit', () => ({ kind: 'park', reason: 'pair.not_found {}' }))
      await transport.publish([pair])

      await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 1)
      expect(credits.attemptsOf(pair)).toEqual([1])
      expect(await transport.parked('pairs.credit', { limit: 10 })).toMatchObject([
        { envelope: pair, reason: 'pair.not_found {}', attempt: 1 },
      ])
    })

    test('the neighbours of a poison message in one batch are done once', async () => {
      const members = Array.from({ length: 20 }, (_, i) => anEnvelope('member.registered', { userId: i + 1 }))
      const poison = members[7]
      const network = await work('network.place-and-match', ({ envelope }) =>
        envelope.id === poison?.id ? { kind: 'park', reason: 'poison' } : done,
      )
      await transport.publish(members)

      await eventually(
        async () => network.seen.length >= 20 && (await transport.parkedCount())['network.place-and-match'] === 1,
      )
      expect(members.map((one) => network.of(one).length)).toEqual(members.map(() => 1))
      expect((await transport.parked('network.place-and-match', { limit: 5 }))[0]?.envelope).toEqual(poison)
    })

    test('what is no valid message is parked with the reason and never reaches the handler', async () => {
      const pair = anEnvelope('pair.matched', { pairId: 14 })
      const credits = await work('pairs.credit')
      await harness.inject(
        'pairs.credit',
        JSON.stringify({ ...pair, id: randomUUID(), payload: { pairId: 'fourteen' } }),
      )
      await harness.inject(
        'pairs.credit',
        JSON.stringify({ ...pair, id: randomUUID(), name: 'payment.completed', payload: { paymentId: 1 } }),
      )
      await transport.publish([pair])

      await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 2 && credits.seen.length === 1)
      expect(credits.of(pair)).toHaveLength(1)
      const parked = await transport.parked('pairs.credit', { limit: 5 })
      const reasons = parked.map(({ reason, envelope }) => ({ reason, envelope }))
      expect(reasons.map(({ envelope }) => envelope)).toEqual([null, null])
      expect(reasons.map(({ reason }) => reason).join(' ')).toMatch(
        /message\.invalid.*pairId.*message\.invalid.*does not take it|does not take it.*pairId/,
      )
    })

    test('parked messages can be looked at again and again, and go back one by one or all together', async () => {
      const pairs = [15, 16, 17].map((pairId) => anEnvelope('pair.matched', { pairId }))
      let isBroken = true
      const credits = await work('pairs.credit', () => (isBroken ? { kind: 'park', reason: 'broken' } : done))
      await transport.publish(pairs)
      await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 3)
      for (let i = 0; i < 3; i += 1) await transport.parked('pairs.credit', { limit: 10 })
      const parked = await transport.parked('pairs.credit', { limit: 10 })
      expect(parked.map(({ envelope }) => envelope?.id).sort()).toEqual(pairs.map(({ id }) => id).sort())
      expect(await transport.parked('pairs.credit', { limit: 2 })).toHaveLength(2)

      isBroken = false
      const chosen = parked.find(({ envelope }) => envelope?.id === pairs[1]?.id)
      await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 3)
      expect(await transport.redrive('pairs.credit', [chosen?.id ?? ''])).toBe(1)
      await eventually(() => credits.seen.length === 4)
      expect(credits.seen[3]).toEqual({ envelope: pairs[1], attempt: 1 })

      await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 2)
      expect(await transport.redrive('pairs.credit', 'all')).toBe(2)
      await eventually(async () => credits.seen.length === 6 && (await transport.parkedCount())['pairs.credit'] === 0)
    })

    test('what is discarded is gone, and nobody is given it', async () => {
      const credits = await work('pairs.credit', () => ({ kind: 'park', reason: 'never' }))
      await transport.publish([20, 21].map((pairId) => anEnvelope('pair.matched', { pairId })))
      await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 2)
      const [first] = await transport.parked('pairs.credit', { limit: 10 })
      await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 2)
      expect(await transport.discard('pairs.credit', [first?.id ?? '', '999999'])).toBe(1)
      await eventually(async () => (await transport.parkedCount())['pairs.credit'] === 1)
      expect((await transport.parked('pairs.credit', { limit: 10 })).map(({ id }) => id)).not.toContain(first?.id)
      expect(credits.seen.length).toBe(2)
    })

    test('closing finishes what is in hand, takes nothing new, and settles it', async () => {
      let finish = () => {}
      const finished = new Promise<void>((resolve) => {
        finish = resolve
      })
      const worker = await another()
      const inHand = anEnvelope('pair.matched', { pairId: 18 })
      const first = await work('pairs.credit', () => finished.then(() => done), worker)
      await transport.publish([inHand])
      await eventually(() => first.of(inHand).length === 1)

      const closing = worker.close(grace)
      const later = anEnvelope('pair.matched', { pairId: 19 })
      await transport.publish([later])
      finish()
      await closing

      const second = await work('pairs.credit')
      await eventually(() => second.of(later).length === 1)
      expect(first.of(later)).toEqual([])
      expect(second.of(inHand)).toEqual([])
    })

    test('a message that no handler takes has failed, its neighbours have not', async () => {
      const strange: Envelope = JSON.parse(
        JSON.stringify({ ...anEnvelope('pair.matched', { pairId: 20 }), name: 'nobody.listens' }),
      )
      const outcomes = await transport.publish([anEnvelope('pair.matched', { pairId: 21 }), strange])
      expect(outcomes).toMatchObject([{ kind: 'confirmed' }, { kind: 'failed', cause: 'message' }])
    })

    test('of 500 messages and two workers none is lost', async () => {
      const [one, two] = [await work('pairs.credit'), await work('pairs.credit', () => done, await another())]
      const pairs = Array.from({ length: 500 }, (_, i) => anEnvelope('pair.matched', { pairId: i + 1 }))
      const outcomes = await transport.publish(pairs)
      expect(outcomes.every(({ kind }) => kind === 'confirmed')).toBe(true)

      await eventually(() => one.seen.length + two.seen.length >= 500)
      const ids = [...one.seen, ...two.seen].map(({ envelope }) => envelope.id)
      expect(new Set(ids)).toEqual(new Set(pairs.map(({ id }) => id)))
    })

    test('a message published twice has the same id each time and upsets nothing', async () => {
      const pair = anEnvelope('pair.matched', { pairId: 22 })
      const credits = await work('pairs.credit')
      const outcomes = await transport.publish([pair, pair])
      expect(outcomes).toEqual([{ kind: 'confirmed' }, { kind: 'confirmed' }])

      const after = anEnvelope('pair.matched', { pairId: 23 })
      await transport.publish([after])
      await eventually(() => credits.of(after).length === 1)
      expect(credits.of(pair).length).toBeGreaterThanOrEqual(1)
      expect(credits.of(pair).every(({ envelope }) => envelope.id === pair.id)).toBe(true)
    })

    test('after closing it publishes nothing and says that it is down', async () => {
      const closed = await another()
      await closed.close(grace)
      expect(await closed.publish([anEnvelope('pair.matched', { pairId: 24 })])).toMatchObject([
        { kind: 'failed', cause: 'broker' },
      ])
      expect(await closed.check()).toMatchObject({ state: 'down' })
    })
  })
}

async function isUp(transport: Transport) {
  await eventually(async () => (await transport.check()).state === 'up')
}
