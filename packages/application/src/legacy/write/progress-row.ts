import { type Database, settings, type Tx, takeOver } from '@ev/db'

/** The import was not begun, because it could not end well. */
export class TakeOverRefused extends Error {}

/** How far an import has come. It stands in the database that is written, so that it is never ahead of or behind the rows. */
export type TakeOverState = {
  /** What was read, by counts and last ids: an import goes on only with the same. */
  readonly fingerprint: string
  /** The moment of the take-over, for all its rows. */
  readonly startedAt: string
  /** Rows that are written, by step. */
  readonly done: Readonly<Record<string, number>>
  readonly takenOver: takeOver.TakenOver
  readonly finishedAt: string | null
}

/** The import that was begun in this database; null when none was. */
export async function findState(db: Pick<Database, 'read'>): Promise<TakeOverState | null> {
  const row = await settings.find(db.read, takeOver.takeOverSetting)
  return row && (row.value as unknown as TakeOverState)
}

/** Begins an import. Refuses in a database in which somebody has an account. */
export function begin(db: Database, state: TakeOverState): Promise<void> {
  return db.transaction(async (tx) => {
    await settings.lock(tx, takeOver.takeOverSetting, { initial: state, now: new Date(state.startedAt) })
    if (await takeOver.hasMembers(tx))
      throw new TakeOverRefused('This database has members already: import into an empty one.')
  })
}

/**
 * Writes rows together with how far the import has come then: all or nothing. An import that has gone on elsewhere meanwhile is noticed,
 * because the count is no longer the expected one.
 */
export function advance(
  db: Database,
  { step, from, to, now }: { step: string; from: number; to: number; now: Date },
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  return db.transaction(
    async (tx) => {
      const state = await lockState(tx, now)
      if ((state.done[step] ?? 0) !== from) throw new TakeOverRefused('Another import is running in this database.')
      await work(tx)
      const value = { ...state, done: { ...state.done, [step]: to } }
      await settings.save(tx, takeOver.takeOverSetting, { value, updatedById: null, now })
    },
    { timeoutMs: 300_000 },
  )
}

export async function finish(tx: Tx, now: Date): Promise<void> {
  const value = { ...(await lockState(tx, now)), finishedAt: now.toISOString() }
  await settings.save(tx, takeOver.takeOverSetting, { value, updatedById: null, now })
}

async function lockState(tx: Tx, now: Date): Promise<TakeOverState> {
  const row = await settings.lock(tx, takeOver.takeOverSetting, { initial: {}, now })
  return row.value as unknown as TakeOverState
}
