import { join as joinPath } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { addDays, istMonth, rupees } from '@ev/domain'
import { type EmbeddedStack, embeddedStack, join, makePlace, removePlace } from '@ev/e2e'
import { until } from '@ev/testing'
import { type JumpingClock, jumpingClock } from '../clock/jumps.ts'
import { type Fault, lookAt, shown } from '../fault.ts'
import { joinBelow, type Person } from '../load/cast.ts'
import { type Load, startLoad } from '../load/load.ts'
import { approvePayout, type Books, book, deposit, pay, requestPayout } from '../load/operations.ts'
import { longestWaitMs } from '../longest-wait.ts'
import { prepareProbe } from '../outcome/recovery.ts'
import { embedded } from './stacks-of-faults.ts'

const minuteMs = 60_000
const later = (instant: Date, ms: number) => new Date(instant.getTime() + ms)

type Scene = { readonly stack: EmbeddedStack; readonly clock: JumpingClock; readonly load: Load }

/** What was seen of one jump, in words. Throws when it was not what the rules say. */
type Jump = (scene: Scene) => Promise<string>

function expected(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`After a jump of the clock, not so: ${what}.`)
}

/** The members' sessions are over after an hour; after a jump they log in again. */
async function loggedInAgain({ stack, load }: Scene, person: Person): Promise<Person> {
  const email = load.receipts.members.get(person.id)?.email ?? 'admin@example.com'
  return { ...person, ...(await join(stack.urls[0]!, { email, referralCode: null })) }
}

async function booksOfNow(scene: Scene): Promise<Books> {
  const { books } = scene.load
  return { ...books, cast: { ...books.cast, admin: await loggedInAgain(scene, books.cast.admin) } }
}

/** A code dies with its ten minutes, and the clock going back does not keep anybody out. */
const codes: Jump = async ({ stack, clock, load }) => {
  const [url] = stack.urls
  const identity = { identifier: 'late@example.com', otp_type: 'email' }
  const post = (path: string, body: unknown) => ({ method: 'POST', path, body }) as const
  const start = clock.now()
  await load.books.client.askOnce(url!, post('/api/auth/send-otp/', identity))
  const mailbox = await fetch(`${url}/dev/mailbox.json?to=${identity.identifier}`)
  const [newest] = (await mailbox.json()) as { text: string }[]
  const code = /\b\d{6}\b/.exec(newest!.text)![0]
  await clock.jumpTo(later(start, 11 * minuteMs))
  const verified = await load.books.client.ask(post('/api/auth/verify-otp/', { ...identity, otp_code: code }))
  expected(verified.kind === 'refused', 'a code of eleven minutes ago is refused')
  await clock.jumpTo(later(start, 5 * minuteMs))
  const place = { client: load.books.client, url: url!, receipts: load.receipts }
  const joined = await joinBelow(place, { email: 'back@example.com', sponsor: load.cast.people[0]! })
  expected(joined !== null, 'a member joins after the clock went back')
  return 'a code expired'
}

/** A month ends at midnight in India, for whoever is placed after it. */
const monthEnd: Jump = async ({ stack, clock, load }) => {
  const month = istMonth(clock.now())
  const midnight = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1) - 330 * minuteMs)
  const place = { client: load.books.client, url: stack.urls[0]!, receipts: load.receipts }
  for (const [ms, name] of [
    [-15_000, 'before'],
    [2_000, 'after'],
  ] as const) {
    await clock.jumpTo(later(midnight, ms))
    await joinBelow(place, { email: `${name}-midnight@example.com`, sponsor: load.cast.people[0]! })
    const wanted = istMonth(later(midnight, ms))
    await until(
      async () => {
        await pause(200)
        return (await stack.db.read.networkHead.findFirst())?.month === wanted
      },
      { timeoutMs: longestWaitMs },
    )
  }
  return `the tree entered ${istMonth(midnight)}`
}

/** A booking past its thirty days takes no payment, also before the schedule has come by; what it had goes back. */
const expiry: Jump = async (scene) => {
  const { stack, clock, load } = scene
  const person = await loggedInAgain(scene, load.cast.people[2]!)
  const booking = await book(load.books, person)
  const paid = await pay(load.books, person, { bookingId: booking!.id, amount: rupees(1_000), method: 'online' })
  const row = await stack.db.read.booking.findUniqueOrThrow({ where: { id: booking!.id } })
  await clock.jumpTo(later(row.expiresAt, 1_000))
  const again = await loggedInAgain(scene, person)
  const late = await pay(load.books, again, { bookingId: booking!.id, amount: rupees(1_000), method: 'online' })
  expected(late === null, 'a payment after the expiry is refused')
  await until(
    async () => {
      await pause(300)
      return (await stack.db.read.booking.findUniqueOrThrow({ where: { id: booking!.id } })).status === 'expired'
    },
    { timeoutMs: longestWaitMs },
  )
  load.receipts.refunds.push({ paymentId: paid!.id, amount: paid!.amount })
  return 'a booking expired and gave back what it had'
}

/** Tax belongs to the financial year, April to March in India, in which the payout is completed. */
const yearEnd: Jump = async (scene) => {
  const { stack, clock, load } = scene
  const { expiresAt } = (await stack.db.read.booking.findFirst({ orderBy: { expiresAt: 'desc' } }))!
  const midnight = new Date(Date.UTC(expiresAt.getUTCFullYear() + 1, 3, 1) - 330 * minuteMs)
  const person = load.cast.people[3]!
  for (const moment of [later(addDays(midnight, -1), 0), later(midnight, 5_000)]) {
    await clock.jumpTo(moment)
    const books = await booksOfNow(scene)
    const member = await loggedInAgain(scene, person)
    await deposit(books, { userId: member.id, amount: rupees(2_000) })
    const payout = await requestPayout(books, member, rupees(1_000))
    await approvePayout(books, payout!.id)
    await until(
      async () => {
        await pause(200)
        return (await stack.db.read.payout.findUniqueOrThrow({ where: { id: payout!.id } })).status === 'completed'
      },
      { timeoutMs: longestWaitMs },
    )
  }
  const years = await stack.db.read.tdsRecord.findMany({ where: { userId: person.id }, orderBy: { id: 'asc' } })
  const [before, after] = years.slice(-2)
  expected(before?.financialYear !== after?.financialYear, 'two payouts around the year’s end stand in two years')
  return `tax stands in ${before?.financialYear} and ${after?.financialYear}`
}

/** A fresh payment and its credit, by two who log in after the last jump. */
async function timeToCreditOfNow(scene: Scene): Promise<number> {
  // The admin logged in at the last jump, and codes for one person are half a minute apart.
  await scene.clock.jumpTo(later(scene.clock.now(), minuteMs))
  const { people } = scene.load.cast
  const buyer = people.at(-1)!
  const referrer = people.find(({ id }) => id === buyer.referrerId)!
  const pair = [await loggedInAgain(scene, referrer), await loggedInAgain(scene, buyer)]
  const books = await booksOfNow(scene)
  return (await prepareProbe({ books, cast: { ...books.cast, people: pair } })).timeToCredit()
}

/** The clock of a real process jumps: by a preload that shifts its `Date`, since nothing in the product could. */
export const clockJumps: Fault = {
  letter: 'm',
  title: 'clock jumps around code, month’s end, expiry and year’s end',
  on: embedded,
  async run({ progress }) {
    const place = makePlace()
    const clock = jumpingClock(place.folder)
    const stack = await embeddedStack({ folder: joinPath(place.folder, 'data'), env: clock.env })
    try {
      const load = await startLoad({ urls: stack.urls, env: stack.env, seed: 13 })
      await load.more(60)
      await load.stop()
      const seen: string[] = []
      for (const jump of [codes, monthEnd, expiry, yearEnd]) {
        seen.push(await jump({ stack, clock, load }))
        progress(seen.join(', '))
      }
      const recoveryMs = await timeToCreditOfNow({ stack, clock, load })
      return { ...(await lookAt(stack, load)), recoveryMs, evidence: shown(true, seen.join('; ')) }
    } finally {
      await stack.stop()
      await removePlace(place)
    }
  },
}
