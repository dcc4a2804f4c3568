import { users } from '@ev/db'
import type { Deps } from '../deps.ts'

/** By which ways, besides the app, a member wants to be told what happens. */
export type Preferences = Pick<users.User, 'notifyByEmail' | 'notifyBySms'>

/** Changes what is named; the rest stays. */
export function changePreferences(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId, change }: { userId: number; change: Partial<Preferences> },
): Promise<users.User> {
  return db.transaction((tx) => users.update(tx, userId, { ...change, updatedAt: clock.now() }))
}
