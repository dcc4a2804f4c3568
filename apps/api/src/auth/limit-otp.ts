import type { Identifier } from '@ev/application'
import type { ApiDeps } from '../define-route.ts'
import { limitPerIdentifier } from '../http/index.ts'

const perMinute = 5
const windowMs = 60_000

/**
 * Counts a use of a log-in code route for one person, whatever address it comes from. The count is kept under a keyed hash, so that the
 * cache holds no addresses. Refuses with `rate.limited`.
 */
export async function limitOtp(
  { cache, clock, hash, rateLimits }: Pick<ApiDeps, 'cache' | 'clock' | 'hash' | 'rateLimits'>,
  { purpose, identifier }: { purpose: 'send-otp' | 'verify-otp'; identifier: Identifier },
): Promise<void> {
  if (!rateLimits.isEnabled) return
  const counted = hash({ context: `rate-limit:${identifier.type}`, value: identifier.value })
  const limit = Math.max(1, Math.floor(perMinute * rateLimits.factor))
  await limitPerIdentifier({ cache, clock }, { purpose, identifier: counted, limit, windowMs })
}
