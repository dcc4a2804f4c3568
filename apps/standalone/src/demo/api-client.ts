import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

/** A member as the demo knows one: a name, an address for codes, and the token of the session. */
export type Person = {
  readonly name: string
  readonly email: string
  readonly token: string
  readonly id: number
  readonly referralCode: string
}

type Json = Record<string, unknown>

/** A JSON object out of an answer; anything else is a fault of the server. */
export function objectOf(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`An object was expected, not ${JSON.stringify(value)}`)
  return value as Json
}

export const listOf = (value: unknown): Json[] => {
  if (!Array.isArray(value)) throw new Error(`A list was expected, not ${JSON.stringify(value)}`)
  return value.map(objectOf)
}

/** What the demo can do over HTTP: nothing that any other client could not. */
export function apiClient(baseUrl: string) {
  async function call(
    method: string,
    path: string,
    { token, body, key }: { token?: string; body?: unknown; key?: string } = {},
  ) {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    })
    const text = await response.text()
    const answer: unknown = text === '' ? {} : JSON.parse(text)
    return { status: response.status, answer }
  }

  async function ok(method: string, path: string, options?: Parameters<typeof call>[2]): Promise<Json> {
    const { status, answer } = await call(method, path, options)
    if (status >= 400) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(answer)}`)
    return objectOf(answer)
  }

  return {
    get: (path: string, token?: string) => ok('GET', path, token === undefined ? {} : { token }),
    post: (path: string, body: unknown, token?: string) =>
      ok('POST', path, { body, key: randomUUID(), ...(token !== undefined && { token }) }),
    /** Logs in by a code out of the developer's mailbox; a new address becomes a new member. */
    async logIn({
      name,
      email,
      referralCode,
    }: {
      name: string
      email: string
      referralCode?: string
    }): Promise<Person> {
      const credentials = { identifier: email, otp_type: 'email' }
      const { status, answer } = await call('POST', '/api/auth/send-otp/', { body: credentials })
      // Within half a minute of the last code no other is sent; an unused one from the mailbox would do, a used one not.
      if (status === 429)
        throw new Error(`${email} has just asked for a code; try again in half a minute. ${JSON.stringify(answer)}`)
      if (status !== 200) throw new Error(`send-otp answered ${status}: ${JSON.stringify(answer)}`)
      const { answer: mailbox } = await call('GET', `/dev/mailbox.json?to=${encodeURIComponent(email)}`)
      const code = /\b\d{6}\b/.exec(String(listOf(mailbox)[0]?.['text']))?.[0]
      const session = await ok('POST', '/api/auth/verify-otp/', {
        body: { ...credentials, otp_code: code, ...(referralCode !== undefined && { referral_code: referralCode }) },
      })
      const user = objectOf(session['user'])
      return {
        name,
        email,
        token: String(session['access_token']),
        id: Number(user['id']),
        referralCode: String(user['referral_code']),
      }
    },
  }
}

export type ApiClient = ReturnType<typeof apiClient>

/** Looks until `isThere` finds what it waits for; what happens by messages takes a moment. */
export async function eventually<T>(what: string, look: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const found = await look()
    if (isThere(found)) return found
    if (performance.now() > deadline)
      throw new Error(`Waited 30 s in vain for ${what}; the last look showed ${JSON.stringify(found)}`)
    await pause(100)
  }
}
