import type { Callers } from './load.ts'

export type LoggedIn = { readonly authorization: string; readonly sessionId: number }

const logIn = (email: string) => ({ identifier: email, otp_type: 'email' })

export const askForCode = (email: string) =>
  ({ method: 'POST', path: '/api/v1/auth/send-otp/', body: logIn(email), status: 200 }) as const

export const sendCode = (email: string, code: string) =>
  ({
    method: 'POST',
    path: '/api/v1/auth/verify-otp/',
    body: { ...logIn(email), otp_code: code },
    status: 200,
  }) as const

/** The newest code of everyone, from the developer's mailbox of the one api process that was asked for it. */
export async function codesFrom(callers: Callers): Promise<(email: string) => string> {
  const mails = JSON.parse(await callers.ask({ method: 'GET', path: '/dev/mailbox.json', status: 200 })) as Mail[]
  const codes = new Map<string, string>()
  for (const { to, text } of mails.reverse()) codes.set(to, /\d{6}/.exec(text)?.[0] ?? '')
  return (email) => codes.get(email) ?? ''
}

type Mail = { readonly to: string; readonly text: string }

/** Who logged in, from the answer that says so. */
export function loggedInFrom(body: string): LoggedIn & { readonly email: string } {
  const { access_token, user } = JSON.parse(body) as { access_token: string; user: { email: string } }
  const claims = JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }
  return { email: user.email, authorization: `Bearer ${access_token}`, sessionId: Number(claims.sid) }
}
