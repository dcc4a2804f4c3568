import { openPlatform } from '@ev/application'
import { ConfigError, createLifecycle, createLogger, loadDotEnv, shutdownOnSignals } from '@ev/runtime'
import { startApi } from './api.ts'
import { apiOptions, readEnvironment } from './env.ts'

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
  const api = await startApi(platform, { ...apiOptions(config), host: config.HOST, port: config.PORT })
  lifecycle.onShutdown('api', () => api.close())
  logger.info({ host: config.HOST, port: api.port }, 'The API is ready')
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}
