import { mediaFolder, platformSections } from '@ev/application'
import { httpSection, parseConfig, rateLimitSection } from '@ev/runtime'
import { z } from 'zod'
import type { ApiOptions } from './api.ts'
import { usualUploadLimits } from './http/index.ts'
import { streamPace } from './notifications/notification-feed.ts'

/** What the API needs: the platform's variables, where to listen, and the limits. */
export const apiConfig = z.object({ ...platformSections, ...httpSection, ...rateLimitSection })

export type ApiConfig = z.output<typeof apiConfig>

export function readEnvironment(env: NodeJS.ProcessEnv): ApiConfig {
  return parseConfig(apiConfig, env)
}

/** Limits are twenty-fold in development, so that a demo and a curious newcomer are not stopped. */
const developmentFactor = 20

type OptionVariables = Pick<
  ApiConfig,
  | 'NODE_ENV'
  | 'DATA_DIR'
  | 'S3_BUCKET'
  | 'PUBLIC_URL'
  | 'TRUSTED_PROXIES'
  | 'METRICS_PUBLIC'
  | 'RATE_LIMIT_ENABLED'
  | 'RATE_LIMIT_FACTOR'
  | 'STREAMS_PER_MEMBER'
  | 'STREAMS_PER_PROCESS'
>

/** The choices of an API that follow from its configuration. */
export function apiOptions(config: OptionVariables): ApiOptions {
  const factor = config.RATE_LIMIT_FACTOR ?? (config.NODE_ENV === 'development' ? developmentFactor : 1)
  return {
    isProduction: config.NODE_ENV === 'production',
    publicUrl: config.PUBLIC_URL ?? null,
    trustedProxies: config.TRUSTED_PROXIES ?? [],
    notificationStreams: {
      ...streamPace,
      perMember: config.STREAMS_PER_MEMBER,
      perProcess: config.STREAMS_PER_PROCESS,
    },
    rateLimits: { isEnabled: config.RATE_LIMIT_ENABLED, factor },
    uploads: usualUploadLimits,
    metricsArePublic: config.METRICS_PUBLIC,
    mediaFolder: mediaFolder(config),
    undeclaredRefusals: config.NODE_ENV === 'test' ? 'fault' : 'warning',
    measuresProcess: true,
  }
}
