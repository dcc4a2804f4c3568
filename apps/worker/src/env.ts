import { type PlatformConfig, platformSections } from '@ev/application'
import { parseConfig } from '@ev/runtime'
import { z } from 'zod'

/** The worker needs what the platform needs, and nothing besides. */
export const workerConfig = z.object(platformSections)

export function readEnvironment(env: NodeJS.ProcessEnv): PlatformConfig {
  return parseConfig(workerConfig, env)
}
