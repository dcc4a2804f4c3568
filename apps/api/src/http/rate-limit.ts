import { DomainError } from '@ev/domain'
import { type Cache, CacheUnavailable, type Clock } from '@ev/runtime'
import type { RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit'
import { requestState } from './request-context.ts'
import type { RateLimitZone } from './route.ts'

const WINDOW_MS = 60_000

/** Requests per minute and client address. A gateway tells of everybody's payments from a few addresses. */
const LIMITS: Readonly<Record<RateLimitZone, number>> = { otp: 5, booking: 10, webhook: 1_000, default: 100 }

export type RateLimitSettings = { readonly isEnabled: boolean; readonly factor: number }

/**
 * One limiter per zone, counting in the cache so that all processes count together, with `RateLimit-*` headers. When the cache is away, login
 * codes are refused and everything else goes on uncounted.
 */
export function createRateLimiters(deps: {
  cache: Cache
  clock: Clock
  settings: RateLimitSettings
}): Record<RateLimitZone, RequestHandler> {
  const limiter = (zone: RateLimitZone): RequestHandler =>
    deps.settings.isEnabled
      ? rateLimit({
          windowMs: WINDOW_MS,
          limit: Math.max(1, Math.floor(LIMITS[zone] * deps.settings.factor)),
          standardHeaders: 'draft-6',
          legacyHeaders: false,
          identifier: zone,
          store: cacheStore({ ...deps, zone }),
          passOnStoreError: false,
          keyGenerator: (request) => ipKeyGenerator(request.ip ?? 'unknown'),
          handler: (_request, _response, next) => next(limited(deps.clock, WINDOW_MS)),
        })
      : (_request, _response, next) => next()
  return {
    otp: limiter('otp'),
    booking: openWhenAway(limiter('booking')),
    webhook: openWhenAway(limiter('webhook')),
    default: openWhenAway(limiter('default')),
  }
}

/** Counts per window of the clock: the window's number is part of the key, so a count needs nothing but to be increased. */
function cacheStore({ cache, clock, zone }: { cache: Cache; clock: Clock; zone: RateLimitZone }): Store {
  return {
    async increment(client) {
      const { window, endsAt } = windowAt(clock, WINDOW_MS)
      const totalHits = await cache.increment(`rate:${zone}:${window}:${client}`, WINDOW_MS)
      return { totalHits, resetTime: new Date(endsAt) }
    },
    // Requests are never given back: a refused or failed one counts as well.
    decrement: () => {},
    resetKey: () => {},
  }
}

function openWhenAway(limiter: RequestHandler): RequestHandler {
  return (request, response, next) =>
    limiter(request, response, (error?: unknown) => {
      if (!(error instanceof CacheUnavailable)) return next(error)
      requestState(response).log.warn({ err: error }, 'Going on without counting for the rate limit')
      next()
    })
}

/**
 * Counts one use of `identifier` (a keyed hash when it is personal) for `purpose` and refuses `rate.limited` above `limit` in
 * `windowMs`: limits what many addresses together may do to one person. Fails when the cache is away.
 */
export async function limitPerIdentifier(
  { cache, clock }: { cache: Cache; clock: Clock },
  use: { purpose: string; identifier: string; limit: number; windowMs: number },
): Promise<void> {
  const { window } = windowAt(clock, use.windowMs)
  const count = await cache.increment(`rate:${use.purpose}:${window}:${use.identifier}`, use.windowMs)
  if (count > use.limit) throw limited(clock, use.windowMs)
}

function limited(clock: Clock, windowMs: number): DomainError {
  const remainingMs = windowAt(clock, windowMs).endsAt - clock.now().getTime()
  return new DomainError('rate.limited', { retryAfterSeconds: Math.ceil(remainingMs / 1_000) })
}

function windowAt(clock: Clock, windowMs: number): { window: number; endsAt: number } {
  const window = Math.floor(clock.now().getTime() / windowMs)
  return { window, endsAt: (window + 1) * windowMs }
}
