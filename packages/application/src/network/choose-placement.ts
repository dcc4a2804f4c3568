import { users } from '@ev/db'
import type { Deps } from '../deps.ts'

/** Says on which side of the member new direct referrals are placed from now on; `auto` takes the shallowest free slot of either. */
export function choosePlacement(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId, preference }: { userId: number; preference: users.User['placementPreference'] },
): Promise<users.User> {
  return db.transaction((tx) => users.update(tx, userId, { placementPreference: preference, updatedAt: clock.now() }))
}
