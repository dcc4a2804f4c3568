import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { apiOptions, startApi } from '@ev/api'
import { databaseUrl, openPlatform, prepareDatabase } from '@ev/application'
import { ConfigError, createLifecycle, createLogger, loadDotEnv, shutdownOnSignals, systemClock } from '@ev/runtime'
import { startWorker } from '@ev/worker'
import { banner } from './banner.ts'
import { step } from './console.ts'
import { readEnvironment, type StandaloneConfig } from './env.ts'
import { seedDemo } from './seed/seed-demo.ts'

/** The whole platform in one process. `--fresh` begins again with an empty data directory. */
async function start(config: StandaloneConfig, { isFresh }: { isFresh: boolean }): Promise<void> {
  if (config.NODE_ENV === 'production') {
    throw new ConfigError([
      'NODE_ENV: the one-process start is for development; in production run start:api and start:worker',
    ])
  }
  const logger = createLogger({ level: config.LOG_LEVEL, pretty: true })
  const lifecycle = createLifecycle({ logger })
  shutdownOnSignals({ lifecycle, logger, source: process })
  if (isFresh)
    await step(
      'Fresh start',
      async () => removeData(config),
      () => config.DATA_DIR,
    )
  mkdirSync(config.DATA_DIR, { recursive: true })
  await step(
    'Database',
    () => prepareDatabase({ url: databaseUrl(config), logger, clock: systemClock }),
    ({ applied }) => (applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`),
  )
  const { platform, worker } = await step('Worker', async () => {
    const platform = await openPlatform(config, { logger })
    lifecycle.onShutdown('platform', () => platform.close())
    const worker = await startWorker(platform)
    return { platform, worker }
  })
  lifecycle.onShutdown('worker', () => worker.close())
  if (config.SEED === 'demo') {
    await step(
      'Demo story',
      () => seedDemo(platform),
      (isNew) => (isNew ? 'written' : 'already there'),
    )
  }
  const api = await step('API', () =>
    startApi(platform, { ...apiOptions(config), host: config.HOST, port: config.PORT }),
  )
  lifecycle.onShutdown('api', () => api.close())
  console.log(banner({ port: api.port, host: config.HOST, isDemo: config.SEED === 'demo', platform: config }))
}

/** Removes only what the platform itself has put there. */
function removeData({ DATA_DIR, DATABASE_URL }: StandaloneConfig): void {
  if (DATABASE_URL !== undefined)
    throw new ConfigError(['DATABASE_URL: --fresh removes only the embedded database; drop the other one yourself'])
  for (const name of ['ev.db', 'ev.db-wal', 'ev.db-shm', 'secrets.json', 'media']) {
    if (existsSync(`${DATA_DIR}/${name}`)) rmSync(`${DATA_DIR}/${name}`, { recursive: true })
  }
}

try {
  loadDotEnv()
  await start(readEnvironment(process.env), { isFresh: process.argv.includes('--fresh') })
} catch (error) {
  const isExpected = error instanceof ConfigError || Reflect.get(Object(error), 'code') === 'EADDRINUSE'
  console.error(isExpected && error instanceof Error ? `\n${error.message}` : error)
  if (Reflect.get(Object(error), 'code') === 'EADDRINUSE')
    console.error('Another program listens there. Stop it, or set PORT.')
  process.exit(1)
}
