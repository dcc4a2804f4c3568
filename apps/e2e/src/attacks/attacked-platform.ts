import { createAccount } from '@ev/application'
import { systemClock, systemIds } from '@ev/runtime'
import { times, until } from '@ev/testing'
import { type Joined, join } from '../members.ts'
import type { Stack } from '../stacks.ts'

/** Whom an attack asks as; a member or a colleague. */
type Caller = Pick<Joined, 'id' | 'token'>

export type Answer = {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly isReplayed: boolean
}

type Sent = {
  readonly by?: Caller | null
  readonly body?: unknown
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

const callers = 100
const answerWithinMs = 30_000

/** A running platform with people, and the ways in which a hundred callers come at one moment, shared out among its api processes. */
export async function attackedPlatform(stack: Stack) {
  const { urls } = stack
  const url = (n: number) => urls[n % urls.length]!
  let asked = 0
  let people = 0

  /** One request as JSON, or as the very bytes of a string. A fault of the platform is a failure that shows the answer. */
  async function send(method: string, path: string, { by, body, key, headers }: Sent = {}): Promise<Answer> {
    const response = await fetch(`${url(asked++)}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(by && { authorization: `Bearer ${by.token}` }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerWithinMs),
    })
    const text = await response.text()
    if (response.status >= 500) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return {
      status: response.status,
      body: JSON.parse(text) as Answer['body'],
      isReplayed: response.headers.get('idempotency-replayed') === 'true',
    }
  }

  /** The body of an answer that has to be a success. */
  async function done(method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<Answer['body']> {
    const { status, body } = await send(method, path, sent)
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`)
    return body
  }

  const aPerson = (name: string, referrer?: Joined) =>
    join(url(people++), { email: `${name}-${people}@example.com`, referralCode: referrer?.referralCode ?? null })

  async function aColleague(role: 'admin' | 'staff', by: Caller): Promise<Joined> {
    const email = `${role}-${people++}@example.com`
    await done('POST', `/auth/create-${role}/`, { by, body: { email, first_name: 'Test', last_name: role } })
    return join(url(people), { email, referralCode: null })
  }

  const superuser = await aSuperuser(stack, url(0))
  const otherAdmin = await aColleague('admin', superuser)
  const staff = await aColleague('staff', superuser)

  return {
    stack,
    admins: [superuser, otherAdmin] as const,
    staff,
    send,
    done,
    aMember: (referrer?: Joined) => aPerson('member', referrer),
    members: (count: number, referrer?: Joined) => Promise.all(times(count, () => aPerson('member', referrer))),

    /** A hundred requests at one moment. */
    atOnce: (request: (n: number) => Promise<Answer>): Promise<Answer[]> => Promise.all(times(callers, request)),

    async aVehicle({ price, stock = null }: { price: number; stock?: number | null }): Promise<number> {
      const body = { name: 'Volt', price, stock_quantity: stock }
      return Number((await done('POST', '/inventory/vehicles/', { by: staff, body }))['id'])
    },
    book: (by: Caller, vehicle: number, { key, ...changes }: { key?: string; [field: string]: unknown } = {}) => {
      const body = { vehicle_model: vehicle, booking_amount: 500, payment_option: 'full_payment', terms_accepted: true }
      return send('POST', '/booking/bookings/', {
        by,
        body: { ...body, ...changes },
        ...(key !== undefined && { key }),
      })
    },
    pay: (by: Caller, booking: number, body: object, key?: string) =>
      send('POST', `/booking/bookings/${booking}/make_payment/`, { by, body, ...(key !== undefined && { key }) }),
    async deposit(member: Caller, amount: number): Promise<void> {
      const body = { user: member.id, amount, reason: 'For the test' }
      await done('POST', '/wallet/deposit/', { by: superuser, body })
    },
    wallet: (of: Caller) => done('GET', '/wallet/my_wallet/', { by: of }),
    booking: (of: Caller, id: number) => done('GET', `/booking/bookings/${id}/`, { by: of }),

    /** Resolves when every message has been published, every referred member placed, every pair credited and every transfer ended. */
    async settled(): Promise<void> {
      const { read } = stack.db
      await until(
        async () => {
          const unpublished = await read.outboxMessage.count({ where: { publishedAt: null } })
          const undelivered = await read.messageDelivery.count({ where: { state: 'ready' } })
          const unplaced = await read.user.count({ where: { referredById: { not: null }, placement: null } })
          const uncredited = await read.pair.count({ where: { status: 'matched' } })
          const sending = await read.payout.count({ where: { status: 'processing' } })
          const waiting = { unpublished, undelivered, unplaced, uncredited, sending }
          if (Object.values(waiting).every((count) => count === 0)) return true
          throw new Error(JSON.stringify(waiting))
        },
        { timeoutMs: 30_000 },
      )
    },
  }
}

/** The first superuser of a platform comes from the operator's command, which is this use case. */
async function aSuperuser({ db }: Stack, url: string): Promise<Joined> {
  const email = 'superuser@example.com'
  const account = {
    role: 'admin',
    isSuperuser: true,
    firstName: 'Test',
    lastName: 'Superuser',
    createdById: null,
  } as const
  const identifier = { type: 'email', value: email } as const
  await createAccount({ db, clock: systemClock, ids: systemIds }, { identifier, ...account })
  return join(url, { email, referralCode: null })
}

export type AttackedPlatform = Awaited<ReturnType<typeof attackedPlatform>>

/** How often each status came, with the code of each refusal: `{ '201': 1, '409 booking.closed': 99 }`. */
export function outcomes(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const outcome = status < 300 ? String(status) : `${status} ${body['code']}`
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}
