import type { Deps, LineageReader, ParkedQueues } from '@ev/application'
import { type RateLimitSettings, routeDefiner, type Tokens } from './http/index.ts'
import type { NotificationFeed } from './notifications/notification-feed.ts'

/** What routes are given: the use cases' dependencies, and what only the edge knows. */
export type ApiDeps = Deps & {
  readonly tokens: Tokens
  readonly rateLimits: RateLimitSettings
  readonly lineage: LineageReader
  readonly notificationFeed: NotificationFeed
  readonly transport: ParkedQueues
}

/** Declares one route of this API. */
export const defineRoute = routeDefiner<ApiDeps>()
