import type { RefusedCaller } from '@ev/application'
import type { Cache, Clock, Ids, KeyedHash, Logger } from '@ev/runtime'
import type { Application, RequestHandler } from 'express'
import type { Sessions } from './authenticate.ts'
import { type CatalogueAnswers, createCatalogueAnswers } from './catalogue-answers.ts'
import { handleUnknownAddress, sendProblems } from './failures.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createRateLimiters, type RateLimitSettings } from './rate-limit.ts'
import { requestContext } from './request-context.ts'
import type { RateLimitZone } from './route.ts'
import { secureApp } from './security.ts'
import type { Tokens } from './tokens.ts'
import { createUploadSlots, type UploadLimits, type UploadSlots } from './upload-slots.ts'

/** A refused login or permission, for the audit log. */
export type SecurityEvent = RefusedCaller

export type KernelOptions = {
  readonly logger: Logger
  readonly clock: Clock
  readonly ids: Ids
  readonly cache: Cache
  readonly hash: KeyedHash
  readonly tokens: Tokens
  readonly sessions: Sessions
  /** A number that grows with every change of the public catalogue. */
  readonly catalogueVersion: () => Promise<number>
  readonly rateLimits: RateLimitSettings
  readonly uploads: UploadLimits
  /** Addresses or CIDR ranges whose `X-Forwarded-*` headers count. */
  readonly trustedProxies: readonly string[]
  /** How clients reach the API from outside, for links in answers; null takes the request's own host. */
  readonly publicUrl: string | null
  /** What a refusal that its route does not declare is: a fault in tests, a warning in the log elsewhere. */
  readonly undeclaredRefusals: 'fault' | 'warning'
  /** Adds memory, event-loop lag and the like to the metrics; for the one kernel of a process. */
  readonly measuresProcess: boolean
  readonly onSecurityEvent?: (event: SecurityEvent) => void
}

/** What all routes share: identity, limits, logging, and the way answers and refusals become HTTP. */
export type Kernel = KernelOptions & {
  readonly metrics: Metrics
  readonly uploadSlots: UploadSlots
  readonly catalogueAnswers: CatalogueAnswers
  readonly limiters: Readonly<Record<RateLimitZone, RequestHandler>>
  /** Installs what comes before every route. Call it first. */
  prepare(app: Application): void
  /** Installs the answers to unknown addresses and to everything thrown. Call it last. */
  finish(app: Application): void
}

export function createKernel(options: KernelOptions): Kernel {
  const metrics = createMetrics({ process: options.measuresProcess })
  const isHttps = options.publicUrl?.startsWith('https:') ?? false
  return {
    ...options,
    metrics,
    uploadSlots: createUploadSlots(options.uploads),
    catalogueAnswers: createCatalogueAnswers(options.catalogueVersion),
    limiters: createRateLimiters({ cache: options.cache, clock: options.clock, settings: options.rateLimits }),
    prepare(app) {
      secureApp(app, { trustedProxies: options.trustedProxies, isHttps })
      app.use(requestContext({ ...options, metrics }))
    },
    finish(app) {
      app.use(handleUnknownAddress)
      app.use(sendProblems)
    },
  }
}
