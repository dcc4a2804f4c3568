import {
  type Deps,
  databaseUrl,
  openPlatform,
  type Platform,
  type PlatformConfig,
  platformSections,
} from '@ev/application'
import { openDatabase } from '@ev/db'
import { ConfigError, createLogger, type Logger, loadDotEnv, parseConfig, systemClock, systemIds } from '@ev/runtime'
import { z } from 'zod'

const commandConfig = z.object(platformSections)

/** Only warnings are logged: what a command has to say it prints. */
const logger = createLogger({ level: 'warn', pretty: true })

export type CommandContext = { readonly config: PlatformConfig; readonly logger: Logger }

/** Runs a command on the configuration of the environment and leaves with the exit code it answers. Mistakes in the configuration are listed. */
export async function command(run: (context: CommandContext) => Promise<number>): Promise<void> {
  try {
    loadDotEnv()
    process.exitCode = await run({ config: parseConfig(commandConfig, process.env), logger })
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error)
    process.exitCode = 1
  }
}

/** The same for a command that reads and writes the database only: no broker is spoken to. */
export function databaseCommand(run: (deps: Pick<Deps, 'db' | 'clock' | 'ids'>) => Promise<number>): Promise<void> {
  return command(async ({ config, logger }) => {
    const db = await openDatabase({ url: databaseUrl(config), log: logger })
    try {
      return await run({ db, clock: systemClock, ids: systemIds })
    } finally {
      await db.close()
    }
  })
}

/** The same for a command that needs the whole platform opened, and closes it afterwards. */
export function platformCommand(run: (platform: Platform) => Promise<number>): Promise<void> {
  return command(async ({ config, logger }) => {
    const platform = await openPlatform(config, { logger })
    try {
      return await run(platform)
    } finally {
      await platform.close()
    }
  })
}
