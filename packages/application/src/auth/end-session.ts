import { sessions } from '@ev/db'
import { DomainError } from '@ev/domain'
import type { Deps } from '../deps.ts'

/** Ends one of one's own sessions; its tokens stop at once. Refuses with `auth.session_not_found` any other, and one that has ended. */
export async function endSession(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { userId, sessionId }: { userId: number; sessionId: number },
): Promise<void> {
  const isEnded = await db.transaction((tx) =>
    sessions.revokeOwn(tx, { id: sessionId, userId, now: clock.now(), reason: 'ended_by_owner' }),
  )
  if (!isEnded) throw new DomainError('auth.session_not_found')
}
