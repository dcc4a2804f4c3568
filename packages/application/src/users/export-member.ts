import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'

/** Writes down that somebody was given everything that is kept about a member. */
export function noteExport(
  deps: Pick<Deps, 'db' | 'clock'>,
  { actor, userId }: { actor: Actor; userId: number },
): Promise<void> {
  const subject = { type: 'user', id: userId }
  return deps.db.transaction((tx) =>
    recordAudit(tx, deps, { actorId: actor.userId, action: 'user.exported', subject, details: {} }),
  )
}
