import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  addPlatformMetrics,
  createLineageReader,
  createSecurityLog,
  type ParkedQueues,
  type Platform,
  type SecurityLog,
} from '@ev/application'
import { catalogue, type Database, sessions } from '@ev/db'
import type { Clock } from '@ev/runtime'
import express, { type Application } from 'express'
import { apiFacts } from './api-facts.ts'
import { mountConsole } from './console/mount-console.ts'
import type { ApiDeps } from './define-route.ts'
import { mountMailbox } from './dev/mailbox.ts'
import { drain } from './http/drain.ts'
import {
  createKernel,
  createTokens,
  type KernelOptions,
  mountDocs,
  mountHealth,
  mountRoutes,
  type Sessions,
} from './http/index.ts'
import { requestState } from './http/request-context.ts'
import { mountVehiclePictures } from './inventory/media.ts'
import { createNotificationFeed, type FeedOptions, type NotificationFeed } from './notifications/notification-feed.ts'
import { routes } from './routes.ts'

/** What of the platform the API uses. */
export type ApiPlatform = Pick<Platform, 'deps' | 'secrets' | 'mailbox' | 'checks'> & {
  /** What was put aside by the handlers, wherever they run. */
  readonly transport: ParkedQueues
}

export type ApiOptions = Pick<
  KernelOptions,
  'publicUrl' | 'trustedProxies' | 'rateLimits' | 'uploads' | 'undeclaredRefusals' | 'measuresProcess'
> & {
  /** In production there are no developer's pages. */
  readonly isProduction: boolean
  readonly metricsArePublic: boolean
  /** The folder that files are kept in; null when they are kept elsewhere. */
  readonly mediaFolder: string | null
  readonly notificationStreams: FeedOptions
}

/** Builds the app: health, documentation, the console, every route, and in development the mailbox. Nothing listens yet. */
export function createApi(
  { deps, secrets, mailbox, checks, transport }: ApiPlatform,
  options: ApiOptions,
): {
  app: Application
  securityLog: SecurityLog
  notificationFeed: NotificationFeed
} {
  const { db, clock, ids, cache, log } = deps
  const tokens = createTokens({ keys: secrets.jwtKeys, clock, ids })
  const securityLog = createSecurityLog(deps)
  const notificationFeed = createNotificationFeed(deps, options.notificationStreams)
  const kernel = createKernel({
    ...options,
    logger: log,
    clock,
    ids,
    cache,
    hash: deps.hash,
    tokens,
    sessions: liveSessions({ db, clock }),
    catalogueVersion: () => catalogue.version(db.read),
    onSecurityEvent: (event) => {
      log.warn({ event }, 'A caller was refused')
      securityLog.add(event)
    },
  })
  const apiDeps: ApiDeps = {
    ...deps,
    tokens,
    rateLimits: options.rateLimits,
    lineage: createLineageReader(deps),
    notificationFeed,
    transport,
  }
  const app = express()
  kernel.prepare(app)
  addPlatformMetrics(kernel.metrics.registry, { db, clock, log, transport })
  mountHealth(app, {
    checks,
    metrics: kernel.metrics,
    metricsArePublic: options.metricsArePublic,
  })
  app.get('/', (_, response) => {
    requestState(response).route = '/'
    response.redirect('/docs')
  })
  if (mailbox && !options.isProduction) mountMailbox(app, mailbox)
  mountVehiclePictures(app, { files: deps.files, mediaFolder: options.mediaFolder })
  mountDocs(app, routes, apiFacts)
  mountConsole(app, { isHttps: options.publicUrl?.startsWith('https:') ?? false })
  mountRoutes(app, routes, apiDeps, kernel)
  kernel.finish(app)
  return { app, securityLog, notificationFeed }
}

/** Sessions as the database has them at this moment. */
function liveSessions({ db, clock }: { db: Database; clock: Clock }): Sessions {
  return {
    findActive(sessionId) {
      return sessions.findAccount(db.read, { id: sessionId, now: clock.now() })
    },
  }
}

/** More than any body may take, waiting for its turn included: those have refusals of their own. */
const requestTimeoutMs = 150_000
/** Longer than a request takes to arrive that its client has just begun to send. */
const drainGraceMs = 2_000

/** Listens on `host:port` (port 0 takes a free one). Closing stops accepting and resolves when the last request is answered. */
export async function startApi(
  platform: ApiPlatform,
  { host, port, ...options }: ApiOptions & { readonly host: string; readonly port: number },
): Promise<{ port: number; close(): Promise<void> }> {
  const { app, securityLog, notificationFeed } = createApi(platform, options)
  const server = createServer(app)
  server.requestTimeout = requestTimeoutMs
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      // An open stream is a request that would never end by itself.
      await notificationFeed.close()
      await drain(server, { graceMs: drainGraceMs })
      await securityLog.flush()
    },
  }
}
