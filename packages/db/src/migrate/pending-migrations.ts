import type { MigrationFile } from './migration-files.ts'

/** A row of Prisma's `_prisma_migrations` table. */
export type MigrationRecord = {
  name: string
  checksum: string
  isFinished: boolean
  isRolledBack: boolean
  logs: string | null
}

/** What stands in the way of migrating. Nothing was changed. */
export class MigrationRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MigrationRefused'
  }
}

/**
 * The migrations that are still to run, given the files and what the database remembers. Refuses when one that was applied
 * is missing or has changed since, when one was begun and not finished, and when one is older than the newest applied.
 */
export function pendingMigrations(
  files: readonly MigrationFile[],
  records: readonly MigrationRecord[],
): MigrationFile[] {
  const current = records.filter(({ isRolledBack }) => !isRolledBack)
  const byName = new Map(files.map((file) => [file.name, file]))
  for (const record of current) {
    const file = byName.get(record.name)
    if (!record.isFinished) {
      throw new MigrationRefused(
        `The migration ${record.name} was begun on this database and did not finish${record.logs ? `: ${record.logs}` : '.'}` +
          ' Repair the tables by hand, then mark it in _prisma_migrations as rolled back (rolled_back_at) or finished (finished_at).',
      )
    }
    if (file === undefined)
      throw new MigrationRefused(`The migration ${record.name} was applied, but its file is missing.`)
    if (file.checksum !== record.checksum) {
      throw new MigrationRefused(`The migration ${record.name} was changed after it had been applied.`)
    }
  }
  const applied = new Set(current.map(({ name }) => name))
  const newest = [...applied].sort().at(-1)
  const pending = files.filter(({ name }) => !applied.has(name))
  const late = pending.find(({ name }) => newest !== undefined && name < newest)
  if (late !== undefined) {
    throw new MigrationRefused(`The migration ${late.name} is older than ${newest}, which was applied already.`)
  }
  return pending
}
