import { type Identifier, knownDevice, newDeviceToken } from '@ev/application'
import { z } from 'zod'
import type { ApiDeps } from '../define-route.ts'

const name = 'ev_device'
const days = 180
const daySeconds = 86_400

/** Routes that care for known devices read this header. */
export const deviceHeaders = z.object({
  cookie: z
    .string()
    .optional()
    .meta({ description: 'Carries `ev_device`, the mark of a device on which this person logged in before.' }),
})

/** The known device that a request comes from, empty for any other. */
export function deviceOf(
  deps: Pick<ApiDeps, 'hash'>,
  { identifier, cookie }: { identifier: Identifier; cookie: string | undefined },
): string {
  const token = new RegExp(`(?:^|;\\s*)${name}=([\\w.]+)`).exec(cookie ?? '')?.[1] ?? null
  return knownDevice(deps, identifier, token)
}

/** The `Set-Cookie` value that makes the device of this request a known one. Scripts cannot read it, other sites cannot send it. */
export function deviceCookie(
  deps: Pick<ApiDeps, 'hash' | 'ids'>,
  { identifier, url }: { identifier: Identifier; url: URL },
): string {
  const secure = url.protocol === 'https:' ? '; Secure' : ''
  const token = newDeviceToken(deps, identifier)
  return `${name}=${token}; Path=/api; Max-Age=${days * daySeconds}; HttpOnly; SameSite=Strict${secure}`
}
