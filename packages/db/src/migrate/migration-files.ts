import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Provider } from '../tx.ts'

export type MigrationFile = {
  /** The folder's name, which begins with the time it was made; migrations run in order of it. */
  name: string
  sql: string
  /** SHA-256 of the file in hex, as Prisma keeps it. */
  checksum: string
}

/** The folder in this repository that holds the migrations of a database. */
export function migrationsFolder(provider: Provider): string {
  return fileURLToPath(new URL(`../../../../prisma/migrations/${provider}`, import.meta.url))
}

/** Reads a folder of migrations in Prisma's layout, `<name>/migration.sql`, in the order they run. */
export function readMigrations(directory: string): MigrationFile[] {
  if (!existsSync(directory)) throw new Error(`There is no folder of migrations at ${directory}.`)
  const names = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
  return names.map((name) => {
    const file = join(directory, name, 'migration.sql')
    if (!existsSync(file)) throw new Error(`The migration ${name} has no migration.sql.`)
    const bytes = readFileSync(file)
    return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') }
  })
}
