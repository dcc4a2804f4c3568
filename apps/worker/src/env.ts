import { platformSections } from '@ev/application'
import { parseConfig, workerMetricsSection } from '@ev/runtime'
import { z } from 'zod'

/** The worker needs what the platform needs, and where to tell its metrics. */
export const workerConfig = z.object({ ...platformSections, ...workerMetricsSection })

export type WorkerConfig = z.output<typeof workerConfig>

export function readEnvironment(env: NodeJS.ProcessEnv): WorkerConfig {
  return parseConfig(workerConfig, env)
}
