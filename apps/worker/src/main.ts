import { openPlatform } from '@ev/application'
import { ConfigError, createLifecycle, createLogger, loadDotEnv, shutdownOnSignals } from '@ev/runtime'
import { readEnvironment } from './env.ts'
import { startWorker } from './worker.ts'

try {
  loadDotEnv()
  const config = readEnvironment(process.env)
  const logger = createLogger({
    level: config.LOG_LEVEL,
    pretty: config.NODE_ENV !== 'production' && process.stdout.isTTY,
  })
  const lifecycle = createLifecycle({ logger })
  shutdownOnSignals({ lifecycle, logger, source: process })
  const platform = await openPlatform(config, { logger })
  lifecycle.onShutdown('platform', () => platform.close())
  const worker = await startWorker(platform)
  lifecycle.onShutdown('worker', () => worker.close())
  logger.info('The worker is ready')
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}
