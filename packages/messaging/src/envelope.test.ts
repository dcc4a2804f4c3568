import { isDomainError } from '@ev/domain'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { type MessageName, messageNames, type Payload } from './catalogue.ts'
import { type Envelope, type EnvelopeOf, parseDelivery, parseEnvelope } from './envelope.ts'
import { type HandlerName, handlerNames, handlersOf, policyOf } from './handler-catalogue.ts'
import type { Handlers } from './handlers.ts'
import { nextStep, outcomeOf } from './outcome.ts'
import { anEnvelope } from './testing/builders.ts'

const good = anEnvelope('payment.completed', { paymentId: 42 })

function refusalOf(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (isDomainError(error)) return error
    throw error
  }
  throw new Error('It was not refused.')
}

describe('envelope', () => {
  test('survives the wire', () => {
    expect(parseDelivery('payments.credit-referral', JSON.stringify(good))).toEqual(good)
  })

  test.each([
    ['no object', 'text'],
    ['no id', { ...good, id: 'x' }],
    ['an unknown name', { ...good, name: 'payment.imagined' }],
    ['a name from the prototype', { ...good, name: 'toString' }],
    ['a payload of another message', { ...good, payload: { pairId: 1 } }],
    ['an id that is no whole number', { ...good, payload: { paymentId: 1.5 } }],
    ['an id that is not positive', { ...good, payload: { paymentId: 0 } }],
    ['a time without a zone', { ...good, occurredAt: '2026-11-22 10:00:00' }],
  ])('is refused with %s', (_, value) => {
    expect(refusalOf(() => parseEnvelope(value)).code).toBe('message.invalid')
  })

  test('drops what its schema does not know', () => {
    expect(parseEnvelope({ ...good, payload: { paymentId: 42, more: true }, extra: 1 })).toEqual(good)
  })

  test('is refused by a handler that does not take it, and when it is no JSON', () => {
    expect(refusalOf(() => parseDelivery('pairs.credit', JSON.stringify(good))).facts).toMatchObject({
      problem: 'pairs.credit does not take it',
    })
    expect(refusalOf(() => parseDelivery('pairs.credit', '{')).facts).toMatchObject({ problem: 'not JSON' })
  })
})

describe('catalogue', () => {
  test('every message reaches a handler', () => {
    for (const name of messageNames) expect(handlersOf(name), name).not.toEqual([])
  })

  test('policies hold together', () => {
    for (const handler of handlerNames) {
      const policy = policyOf(handler)
      expect(policy.prefetch).toBeGreaterThanOrEqual(policy.batch?.max ?? 1)
      expect(policy.warnAfterMs).toBeLessThan(policy.timeoutMs)
      expect(policy.retryStepsMs).toEqual([1_000, 5_000, 30_000, 300_000, 1_800_000])
    }
    expect(handlerNames.filter((handler) => policyOf(handler).singleActive)).toEqual(['network.place-and-match'])
  })

  test('a message without a handler, a missing handler and a wrong payload do not compile', () => {
    type All = Handlers<null>
    expectTypeOf<keyof All>().toEqualTypeOf<HandlerName>()
    expectTypeOf<Omit<All, 'pairs.credit'>>().not.toExtend<All>()
    expectTypeOf<(ctx: null, envelope: Envelope<'pair.matched'>) => Promise<void>>().toExtend<All['pairs.credit']>()
    expectTypeOf<(ctx: null, envelope: Envelope<'payment.completed'>) => Promise<void>>().not.toExtend<
      All['pairs.credit']
    >()
    expectTypeOf<(ctx: null, envelope: Envelope<'member.registered'>) => Promise<void>>().not.toExtend<
      All['network.place-and-match']
    >()
    expectTypeOf<(ctx: null, batch: readonly EnvelopeOf<'network.place-and-match'>[]) => Promise<void>>().toExtend<
      All['network.place-and-match']
    >()
    expectTypeOf<EnvelopeOf<'pairs.credit'>['payload']>().toEqualTypeOf<{ pairId: number }>()
    expectTypeOf<Payload<'month.started'>>().toEqualTypeOf<{ month: string }>()
    expectTypeOf<Exclude<MessageName, EnvelopeOf<HandlerName>['name']>>().toBeNever()
  })
})

describe('outcome', () => {
  test('a refusal is parked with its facts, a fault is tried again', () => {
    expect(outcomeOf(refusalOf(() => parseEnvelope({ ...good, name: 'x.y' })))).toMatchObject({
      kind: 'park',
      reason: expect.stringContaining('message.invalid'),
    })
    expect(outcomeOf(new TypeError('oh'))).toEqual({ kind: 'retry', reason: 'TypeError: oh' })
    expect(outcomeOf(new Error('x'.repeat(5_000)))).toMatchObject({ reason: expect.stringMatching(/^.{1000}$/) })
  })

  test('six attempts, then parked', () => {
    const steps = policyOf('pairs.credit').retryStepsMs
    expect([1, 2, 3, 4, 5].map((attempt) => nextStep(attempt, steps))).toEqual(
      steps.map((delayMs) => ({ kind: 'retry', delayMs })),
    )
    expect(nextStep(6, steps)).toEqual({ kind: 'park' })
  })
})
