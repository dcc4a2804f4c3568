import { type Tx, users } from '@ev/db'

/** What placing needs to know of a member. */
export type PlacingMember = Pick<users.User, 'id' | 'referredById' | 'placementPreference' | 'isActiveBuyer'>

/**
 * Reads members once per batch: first all that are named together, then each referrer that turns out to be needed. Nobody refers
 * themselves: a member who is named as the own referrer has none.
 */
export function memberReader(tx: Tx) {
  const known = new Map<number, PlacingMember>()
  return {
    async load(ids: readonly number[]): Promise<void> {
      const missing = [...new Set(ids)].filter((id) => !known.has(id))
      for (const user of await users.findMany(tx, missing)) {
        known.set(user.id, user.referredById === user.id ? { ...user, referredById: null } : user)
      }
    },
    /** Null when there is no such member. */
    async get(id: number): Promise<PlacingMember | null> {
      if (!known.has(id)) await this.load([id])
      return known.get(id) ?? null
    },
  }
}

export type MemberReader = ReturnType<typeof memberReader>
