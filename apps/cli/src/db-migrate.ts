import { databaseUrl, prepareDatabase } from '@ev/application'
import { systemClock } from '@ev/runtime'
import { command } from './command.ts'

// `pnpm db:migrate`: brings the configured database to the newest migration.
await command(async ({ config, logger }) => {
  const { applied } = await prepareDatabase({ url: databaseUrl(config), logger, clock: systemClock })
  for (const name of applied) console.log(`applied ${name}`)
  console.log(applied.length === 0 ? 'The database is up to date.' : `${applied.length} applied.`)
  return 0
})
