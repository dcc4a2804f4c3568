import { setTimeout as pause } from 'node:timers/promises'
import { withConnection } from '@ev/db/testing'
import { type Environment, makePlace, removePlace, runCommand, seededRandom } from '@ev/e2e'
import { type Fault, shown } from '../fault.ts'

const kills = 4
const longestMs = 1_200

/** Kills a migration some time after it has begun; answers whether it was still at it. */
async function killMigration(
  env: Environment,
  { hasBegun, afterMs }: { hasBegun: () => Promise<boolean>; afterMs: number },
) {
  const killing = new AbortController()
  let isOver = false
  const migration = runCommand('db-migrate', { env, signal: killing.signal }).finally(() => {
    isOver = true
  })
  while (!isOver && !(await hasBegun())) await pause(10)
  await pause(afterMs)
  killing.abort()
  return (await migration).code === null
}

type Trial = {
  readonly killed: number
  readonly halfDone: number
  /** How long the migration that was let be took. */
  readonly lastMs: number
  readonly differences: string | null
}

/** Kills it again and again, lets it end at last, and looks at what it made. */
async function tryOn(
  env: Environment,
  { hasBegun, isHalfDone }: { hasBegun: () => Promise<boolean>; isHalfDone: () => Promise<boolean> },
): Promise<Trial> {
  const random = seededRandom(17)
  const trial = { killed: 0, halfDone: 0 }
  for (let n = 0; n < kills; n += 1) {
    // The first one dies as soon as it is seen: a quick machine has done the largest migration in half a second.
    const afterMs = n === 0 ? 0 : random() * longestMs
    if (await killMigration(env, { hasBegun, afterMs })) trial.killed += 1
    if (await isHalfDone()) trial.halfDone += 1
  }
  const startedAt = performance.now()
  const last = await runCommand('db-migrate', { env })
  const lastMs = performance.now() - startedAt
  const [ledger, tree] = await Promise.all([
    runCommand('ledger-verify', { env, args: ['--at-rest'] }),
    runCommand('tree-verify', { env }),
  ])
  const failed = [last, ledger, tree].filter(({ code }) => code !== 0).map(({ output }) => output)
  return { ...trial, lastMs, differences: failed.length === 0 ? null : failed.join('\n') }
}

async function onMariaDb(): Promise<Trial> {
  const place = makePlace()
  const url = place.databaseUrl
  const begun = 'SELECT COUNT(*) AS count FROM _prisma_migrations'
  const count = (sql: string) =>
    withConnection(url, async ({ query }) => Number((await query(sql))[0]?.['count'])).catch(() => 0)
  try {
    const env = { ...nothingElse, DATABASE_URL: url }
    return await tryOn(env, {
      hasBegun: async () => (await count(begun)) > 0,
      isHalfDone: async () => (await count(`${begun} WHERE finished_at IS NULL`)) > 0,
    })
  } finally {
    await removePlace(place)
  }
}

async function onSqlite(): Promise<Trial> {
  const place = makePlace()
  try {
    // One transaction makes all of it or nothing: there is no half of it to be seen.
    const never = async () => false
    return await tryOn({ ...nothingElse, DATA_DIR: place.folder }, { hasBegun: async () => true, isHalfDone: never })
  } finally {
    await removePlace(place)
  }
}

const nothingElse = { DATABASE_URL: '', REDIS_URL: '', AMQP_URL: '' }

/** `db:migrate` is killed at random moments and run again, on both databases. */
export const migrationKilled: Fault = {
  letter: 'q',
  title: 'restart in the middle of a migration',
  on: 'MariaDB, SQLite',
  async run({ progress }) {
    progress('MariaDB')
    const mariaDb = await onMariaDb()
    progress('SQLite')
    const sqlite = await onSqlite()
    const text = `MariaDB: killed ${mariaDb.killed} times, ${mariaDb.halfDone} times a migration was half done; SQLite: killed ${sqlite.killed} times`
    return {
      acknowledged: 0,
      lost: [],
      doubled: [],
      recoveryMs: Math.max(mariaDb.lastMs, sqlite.lastMs),
      evidence: shown(mariaDb.halfDone > 0 && sqlite.killed > 0, text),
      differences: mariaDb.differences ?? sqlite.differences,
    }
  },
}
