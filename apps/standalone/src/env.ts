import { apiSections } from '@ev/api'
import { platformSections } from '@ev/application'
import { parseConfig } from '@ev/runtime'
import { z } from 'zod'

/** Everything of the api and the worker, and how a fresh database begins. */
export const standaloneConfig = z.object({
  ...platformSections,
  ...apiSections,
  SEED: z.enum(['demo', 'empty'], { error: 'must be demo or empty' }).default('demo'),
})

export type StandaloneConfig = z.output<typeof standaloneConfig>

/** `DATA_DIR` is `.data` in the repository, from wherever the process was started. */
export function readEnvironment(env: NodeJS.ProcessEnv): StandaloneConfig {
  return parseConfig(standaloneConfig, { ...env, DATA_DIR: env['DATA_DIR'] || new URL('../../../.data', import.meta.url).pathname })
}
