import type { Mailer } from './mailer.ts'

/** Sends SMS by POST of `{to, text}` as JSON to the provider's address, with `token` as the bearer; 10 s at most. */
export function createSmsGateway({ url, token }: { url: string; token: string | null }): Mailer {
  return {
    async send({ to, text, id }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(id === undefined ? {} : { 'idempotency-key': id }),
        },
        body: JSON.stringify({ to, text }),
        signal: AbortSignal.timeout(10_000),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`The SMS gateway answered ${response.status}.`)
    },
  }
}
