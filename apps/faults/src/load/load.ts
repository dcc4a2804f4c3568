import { setTimeout as pause } from 'node:timers/promises'
import { rupees } from '@ev/domain'
import { type Environment, seededRandom } from '@ev/e2e'
import { until } from '@ev/testing'
import { longestWaitMs } from '../longest-wait.ts'
import { type Cast, joinBelow, type Person, setTheScene } from './cast.ts'
import { approvePayout, type Books, book, checkPairs, deposit, pay, refund, requestPayout } from './operations.ts'
import { noTraffic, patientClient, type Traffic } from './patient-client.ts'
import { countReceipts, emptyReceipts, type Receipts } from './receipts.ts'

/** Clients that work without pause, each writing down what was acknowledged. */
export type Load = {
  readonly receipts: Receipts
  readonly traffic: Traffic
  readonly cast: Cast
  readonly books: Books
  /** How many operations were acknowledged so far. */
  acknowledged(): number
  /** Resolves when so many more operations were acknowledged. */
  more(count: number, options?: { timeoutMs: number }): Promise<void>
  /** Lets one member join below a random one; null when something went wrong on the way. */
  joinOne(): Promise<Person | null>
  /** Ends the loops; each finishes what it is waiting for. */
  stop(): Promise<void>
}

export type LoadOptions = {
  /** Where the clients send their requests: proxies in front of the api processes, or these themselves. */
  readonly urls: readonly string[]
  /** For the operators' command that makes the first admin. */
  readonly env: Environment
  readonly seed: number
  /** How long a client asks again before it gives up. */
  readonly patienceMs?: number
}

const loops = [joining, joining, buying, buying, buying, earning, refunding, checking] as const
const restMs = 15
const troubleRestMs = 300

export async function startLoad({ urls, env, seed, patienceMs = 240_000 }: LoadOptions): Promise<Load> {
  const receipts = emptyReceipts()
  const traffic = noTraffic()
  const cast = await setTheScene({ url: urls[0]!, env, receipts })
  const client = patientClient({ urls, traffic, patienceMs })
  const books: Books = { client, receipts, cast }
  const random = seededRandom(seed)
  let joined = 0
  let isStopping = false

  async function joinOne(): Promise<Person | null> {
    joined += 1
    const place = { client, url: urls[joined % urls.length]!, receipts }
    const person = await joinBelow(place, {
      email: `m${joined}-${seed}@example.com`,
      sponsor: oneOf(cast.people, random),
    })
    if (person !== null) cast.people.push(person)
    return person
  }

  async function repeat(loop: (typeof loops)[number]) {
    while (!isStopping) {
      const went = await loop({ books, random, joinOne })
      await pause(went ? restMs : troubleRestMs)
    }
  }

  const running = loops.map(repeat)
  // A loop that fails is told at the end, when everything is waited for.
  for (const each of running) each.catch(() => {})
  const acknowledged = () => countReceipts(receipts)
  return {
    receipts,
    traffic,
    cast,
    books,
    acknowledged,
    async more(count, { timeoutMs } = { timeoutMs: longestWaitMs }) {
      const goal = acknowledged() + count
      await until(() => acknowledged() >= goal, { timeoutMs })
    },
    joinOne,
    async stop() {
      isStopping = true
      await Promise.all(running)
    },
  }
}

/** One round of a loop; answers whether it went well, so that trouble is met with a longer rest. */
type Round = {
  readonly books: Books
  readonly random: () => number
  readonly joinOne: () => Promise<Person | null>
}

async function joining({ joinOne }: Round): Promise<boolean> {
  return (await joinOne()) !== null
}

/** Books, pays until the booking is confirmed and a bit beyond, sometimes out of the wallet. */
async function buying({ books, random }: Round): Promise<boolean> {
  const person = oneOf(books.cast.people, random)
  const booking = await book(books, person)
  if (booking === null) return false
  const paid = await pay(books, person, { bookingId: booking.id, amount: rupees(5_000), method: 'online' })
  const more = {
    bookingId: booking.id,
    amount: someRupees(random, { from: 100, to: 3_000 }),
    method: 'online',
  } as const
  await pay(books, person, more)
  if (random() < 0.4) {
    await deposit(books, { userId: person.id, amount: rupees(700) })
    await pay(books, person, { ...more, amount: rupees(700), method: 'wallet' })
  }
  return paid !== null
}

/** Has money paid in, asks for a payout, and has most of them approved. */
async function earning({ books, random }: Round): Promise<boolean> {
  const person = oneOf(books.cast.people, random)
  await deposit(books, { userId: person.id, amount: rupees(1_500) })
  const payout = await requestPayout(books, person, someRupees(random, { from: 200, to: 1_200 }))
  if (payout === null) return false
  if (random() < 0.8) await approvePayout(books, payout.id)
  return true
}

/** Gives a part of some payment back, each payment once. */
async function refunding({ books, random }: Round): Promise<boolean> {
  const given = new Set(books.receipts.refunds.map(({ paymentId }) => paymentId))
  const candidates = [...books.receipts.payments.values()].filter(({ id }) => !given.has(id))
  if (candidates.length < 20) return false
  const payment = oneOf(candidates, random)
  await refund(books, { paymentId: payment.id, amount: payment.amount / 4n })
  return false
}

async function checking({ books, random }: Round): Promise<boolean> {
  await checkPairs(books, oneOf(books.cast.people, random))
  return true
}

function oneOf<T>(all: readonly T[], random: () => number): T {
  return all[Math.floor(random() * all.length)]!
}

function someRupees(random: () => number, { from, to }: { from: number; to: number }) {
  return BigInt(Math.floor((from + random() * (to - from)) * 100))
}
