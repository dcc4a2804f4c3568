import { ConfigError, createLifecycle, createLogger, type Lifecycle, loadDotEnv, shutdownOnSignals } from '@ev/runtime'
import { openPlatform, type Platform, type PlatformConfig } from './platform.ts'

/**
 * Runs a process on the platform until a signal ends it: reads the configuration (leaving with 1 and every mistake listed), opens the
 * platform, and lets `start` begin the process's own work. What `start` registers with the lifecycle is closed before the platform.
 */
export async function runPlatformProcess<Config extends PlatformConfig>({
  readConfig,
  start,
}: {
  readConfig: (env: NodeJS.ProcessEnv) => Config
  start: (platform: Platform, process: { config: Config; lifecycle: Lifecycle }) => Promise<void>
}): Promise<void> {
  try {
    loadDotEnv()
    const config = readConfig(process.env)
    const isForPeople = config.NODE_ENV !== 'production' && process.stdout.isTTY === true
    const logger = createLogger({ level: config.LOG_LEVEL, pretty: isForPeople })
    const lifecycle = createLifecycle({ logger })
    shutdownOnSignals({ lifecycle, logger, source: process })
    const platform = await openPlatform(config, { logger })
    lifecycle.onShutdown('platform', () => platform.close())
    await start(platform, { config, lifecycle })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
