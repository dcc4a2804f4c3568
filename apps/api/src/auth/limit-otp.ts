import type { Identifier } from '@ev/application'
import type { ApiDeps } from '../define-route.ts'
import { limitPerIdentifier } from '../http/index.ts'

const perMinute = 5
const windowMs = 60_000

/**
 * Counts a code that is asked for, per person and whatever address it comes from; a known device of the person is counted on its own. The
 * count is kept under a keyed hash, so that the cache holds no addresses. Refuses with `rate.limited`. Tries of a code need no such
 * count: five wrong ones end it, and a count would let strangers keep a member from trying at all.
 */
export async function limitOtp(
  { cache, clock, hash, rateLimits }: Pick<ApiDeps, 'cache' | 'clock' | 'hash' | 'rateLimits'>,
  { identifier, device = '' }: { identifier: Identifier; device?: string },
): Promise<void> {
  if (!rateLimits.isEnabled) return
  const counted = hash({ context: `rate-limit:${identifier.type}`, value: `${device}:${identifier.value}` })
  const limit = Math.max(1, Math.floor(perMinute * rateLimits.factor))
  await limitPerIdentifier({ cache, clock }, { purpose: 'send-otp', identifier: counted, limit, windowMs })
}
