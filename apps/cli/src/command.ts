import { openPlatform, type Platform, type PlatformConfig, platformSections } from '@ev/application'
import { ConfigError, createLogger, type Logger, loadDotEnv, parseConfig } from '@ev/runtime'
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

/** The same for a command that needs the platform opened, and closes it afterwards. */
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
