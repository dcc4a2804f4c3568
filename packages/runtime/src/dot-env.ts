import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { fileURLToPath } from 'node:url'

/** Reads `.env` at the root of the repository into the environment; what the environment already says stays. */
export function loadDotEnv(): void {
  const file = fileURLToPath(new URL('../../../.env', import.meta.url))
  if (existsSync(file)) loadEnvFile(file)
}
