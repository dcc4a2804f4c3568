import { setTimeout as pause } from 'node:timers/promises'
import { rupees } from '@ev/domain'
import { until } from '@ev/testing'
import type { Person } from '../load/cast.ts'
import type { Load } from '../load/load.ts'
import { book, pay } from '../load/operations.ts'
import { longestWaitMs } from '../longest-wait.ts'

/** A member with a booking and a referrer, kept for the moment after the fault. */
export type Probe = {
  /** Pays, and waits until the bonus of it stands in the referrer's statement. Answers how long that took, in milliseconds. */
  timeToCredit(): Promise<number>
}

const amount = rupees(1_000)
const betweenLooksMs = 100

export async function prepareProbe({ books, cast }: Pick<Load, 'books' | 'cast'>): Promise<Probe> {
  const buyer = cast.people.at(-1)!
  const referrer = cast.people.find(({ id }) => id === buyer.referrerId)!
  const booking = await book(books, buyer)
  if (booking === null) throw new Error('The booking for the time after the fault could not be made.')
  await pay(books, buyer, { bookingId: booking.id, amount: rupees(6_000), method: 'online' })
  return {
    async timeToCredit() {
      const startedAt = performance.now()
      const payment = await pay(books, buyer, { bookingId: booking.id, amount, method: 'online' })
      if (payment === null) throw new Error('The payment after the fault was refused.')
      await until(() => isCredited({ books, referrer, paymentId: payment.id }), { timeoutMs: longestWaitMs })
      return performance.now() - startedAt
    },
  }
}

async function isCredited({
  books,
  referrer,
  paymentId,
}: {
  books: Load['books']
  referrer: Person
  paymentId: number
}): Promise<boolean> {
  await pause(betweenLooksMs)
  const path = '/api/wallet/transactions/?transaction_type=REFERRAL_BONUS&page_size=50'
  const answer = await books.client.ask({ method: 'GET', path, token: referrer.token })
  if (answer.kind !== 'acknowledged') return false
  const rows = answer.body['results'] as { reference_id: number }[]
  return rows.some(({ reference_id }) => reference_id === paymentId)
}
