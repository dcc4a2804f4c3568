import { apiConfig } from '@ev/api'
import { parseConfig } from '@ev/runtime'
import { z } from 'zod'

/** Everything of the api and the worker, and how a fresh database begins. */
export const standaloneConfig = apiConfig.extend({
  SEED: z.enum(['demo', 'empty'], { error: 'must be demo or empty' }).default('demo'),
})

export type StandaloneConfig = z.output<typeof standaloneConfig>

export function readEnvironment(env: NodeJS.ProcessEnv): StandaloneConfig {
  return parseConfig(standaloneConfig, env)
}
