import { network, type Tx } from '@ev/db'

/**
 * Reads members once per batch: first all that are named together, with their referrers, then each further one that turns out to be needed.
 * Nobody refers themselves: a member who is named as the own referrer has none.
 */
export function memberReader(tx: Tx) {
  const known = new Map<number, network.PlacingMember>()
  async function load(ids: readonly number[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !known.has(id))
    for (const member of await network.placingMembers(tx, missing)) {
      known.set(member.id, member.referredById === member.id ? { ...member, referredById: null } : member)
    }
  }
  return {
    load,
    async loadWithReferrers(ids: readonly number[]): Promise<void> {
      await load(ids)
      await load(ids.flatMap((id) => known.get(id)?.referredById ?? []))
    },
    /** Null when there is no such member. */
    async get(id: number): Promise<network.PlacingMember | null> {
      if (!known.has(id)) await load([id])
      return known.get(id) ?? null
    },
  }
}

export type MemberReader = ReturnType<typeof memberReader>
