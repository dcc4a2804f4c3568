import { type Database, settings, type Tx } from '@ev/db'

/** The import was not begun, because another one has to be finished first. */
export class ImportRefused extends Error {}

/** How far an import has come. It stands in the database that is written, so that it is never ahead of or behind the rows. */
type ImportState = {
  /** What is imported, by what its records say. */
  readonly fingerprint: string
  readonly startedAt: string
  /** Members that are written. */
  readonly done: number
  readonly finishedAt: string | null
}

const setting = 'network.import'

/** The import of these records that was begun and not finished; null without one. Throws `ImportRefused` when it is one of others. */
export async function findState(db: Pick<Database, 'read'>, fingerprint: string): Promise<ImportState | null> {
  const row = await settings.find(db.read, setting)
  return row === null ? null : unfinished(row.value as unknown as ImportState, fingerprint)
}

function unfinished(state: ImportState, fingerprint: string): ImportState | null {
  if (state.finishedAt !== null) return null
  if (state.fingerprint !== fingerprint)
    throw new ImportRefused(
      `Another file's import was interrupted after ${state.done} members: finish that one first, with the file as it was.`,
    )
  return state
}

/** Begins an import, or goes on with the one of these records. */
export function begin(
  db: Pick<Database, 'transaction'>,
  { fingerprint, startedAt }: { fingerprint: string; startedAt: Date },
): Promise<ImportState> {
  const initial: ImportState = { fingerprint, startedAt: startedAt.toISOString(), done: 0, finishedAt: null }
  return db.transaction(async (tx) => {
    const state = await lock(tx, startedAt, initial)
    const begun = unfinished(state, fingerprint)
    if (begun !== null) return begun
    await save(tx, initial, startedAt)
    return initial
  })
}

/** Notes that the members up to `to` are written by this transaction. Another run of the same import is noticed, because it has come further. */
export async function advance(tx: Tx, { from, to, now }: { from: number; to: number; now: Date }): Promise<void> {
  const state = await lock(tx, now)
  if (state.done !== from || state.finishedAt !== null) throw new ImportRefused('The same import is running elsewhere.')
  await save(tx, { ...state, done: to }, now)
}

export async function finish(tx: Tx, { fingerprint, now }: { fingerprint: string; now: Date }): Promise<void> {
  const state = await lock(tx, now)
  if (state.fingerprint === fingerprint) await save(tx, { ...state, finishedAt: now.toISOString() }, now)
}

async function lock(tx: Tx, now: Date, initial?: ImportState): Promise<ImportState> {
  const row = await settings.lock(tx, setting, { initial: initial ?? {}, now })
  return row.value as unknown as ImportState
}

function save(tx: Tx, value: ImportState, now: Date): Promise<void> {
  return settings.save(tx, setting, { value, updatedById: null, now })
}
