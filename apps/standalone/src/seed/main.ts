import { databaseUrl, openPlatform, prepareDatabase } from '@ev/application'
import { ConfigError, createLogger, loadDotEnv, systemClock } from '@ev/runtime'
import { step } from '../console.ts'
import { readEnvironment } from '../env.ts'
import { seedDemo } from './seed-demo.ts'

// `pnpm db:seed`: writes the demo story to the current database. What it tells is handled by the worker that runs, or the next one that starts.
try {
  loadDotEnv()
  const config = readEnvironment(process.env)
  if (config.NODE_ENV === 'production') throw new ConfigError(['NODE_ENV: the demo story is not for production'])
  const logger = createLogger({ level: 'warn', pretty: true })
  await step('Database', () => prepareDatabase({ url: databaseUrl(config), logger, clock: systemClock }))
  const platform = await openPlatform(config, { logger })
  await step(
    'Demo story',
    () => seedDemo(platform),
    (isNew) => (isNew ? 'written' : 'already there'),
  )
  await platform.close()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}
