import type { users } from '@ev/db'
import { requireManager } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Identifier } from '../auth/identifier.ts'
import type { Actor, Deps } from '../deps.ts'
import { refusingTaken, requireFree } from './free-identifiers.ts'
import { registerMember } from './register-member.ts'
import { type ProfileChange, requireAdult } from './update-profile.ts'

export type NewColleague = {
  readonly actor: Actor
  readonly role: 'admin' | 'staff'
  /** The address, the number, or both. */
  readonly identifiers: readonly [Identifier, ...Identifier[]]
  readonly profile: ProfileChange
}

/**
 * Creates an account for staff or an admin, who log in by code like everyone. Refuses an admin's by who is no superuser
 * (`auth.forbidden`), and a taken address or number (`user.identifier_taken`).
 */
export function createColleague(
  deps: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { actor, role, identifiers, profile }: NewColleague,
): Promise<users.User> {
  requireManager(actor, { role })
  requireAdult(profile.dateOfBirth ?? null, deps.clock.now())
  const [identifier] = identifiers
  const values = Object.fromEntries(identifiers.map(({ type, value }) => [type, value]))
  return refusingTaken(identifier.type, () =>
    deps.db.transaction(async (tx) => {
      await requireFree(tx, identifiers)
      const user = await registerMember(tx, deps, {
        identifier,
        referredById: null,
        profile: { ...profile, ...values, role, createdById: actor.userId },
      })
      const subject = { type: 'user', id: user.id }
      await recordAudit(tx, deps, { actorId: actor.userId, action: 'user.created', subject, details: { role } })
      return user
    }),
  )
}
