import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from '../api/problem.ts'
import { beginRequest, pendingRequest, sendOnce } from './pending-request.ts'

const action = 'payout.process'
const subject = 7
const hourMs = 3_600_000

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
    removeItem: (name: string) => kept.delete(name),
  })
  vi.useFakeTimers({ now: new Date('2026-11-30T06:00:00.000Z') })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Sends, and answers the body and key that went out. */
async function sent(body: object, answer: () => Promise<unknown>) {
  const requests: { body: object; key: string }[] = []
  const done = sendOnce({
    action,
    subject,
    body,
    send: (request) => {
      requests.push(request)
      return answer()
    },
  })
  const error = await done.then(
    () => null,
    (reason: unknown) => reason,
  )
  return { ...requests[0], error }
}

const lost = () => Promise.reject(new TypeError('Failed to fetch'))
const answered = () => Promise.resolve({})
const refused = (status: number, code: string) => () => Promise.reject(new Problem(status, { code }, null))

test('a request whose answer was lost goes out again as it was, under the same key, until it is answered', async () => {
  const first = await sent({ amount: '5.00' }, lost)
  const second = await sent({ amount: '6.00' }, answered)
  expect([second.key, second.body]).toEqual([first.key, { amount: '5.00' }])
  expect(pendingRequest(action, subject)).toBeNull()
  const third = await sent({ amount: '6.00' }, answered)
  expect(third.body).toEqual({ amount: '6.00' })
  expect(third.key).not.toBe(first.key)
})

test.each([
  [409, 'payout.transition_refused', false],
  [400, 'validation.failed', false],
  [401, 'auth.token_invalid', true],
  [429, 'http.too_many_requests', true],
  [409, 'idempotency.in_progress', true],
  [503, 'service.unavailable', true],
] as const)('after %i %s the request waits on: %s', async (status, code, waits) => {
  await sent({}, refused(status, code))
  expect(pendingRequest(action, subject) !== null).toBe(waits)
})

test('one that has waited for nearly a day is not sent again, because the server may have forgotten its key', async () => {
  await sent({ amount: '5.00' }, lost)
  vi.advanceTimersByTime(22 * hourMs)
  expect(beginRequest(action, subject, {}).body).toEqual({ amount: '5.00' })
  vi.advanceTimersByTime(hourMs)
  const { key, error } = await sent({ amount: '5.00' }, answered)
  expect([key, String(error)]).toEqual([undefined, expect.stringContaining('Look whether it was done')])
  expect(pendingRequest(action, subject)).not.toBeNull()
})
