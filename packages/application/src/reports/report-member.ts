import { users } from '@ev/db'
import { DomainError } from '@ev/domain'
import type { Actor, Deps } from '../deps.ts'

/**
 * Whose report it is: one's own unless another member is asked for, which only an admin may. Refuses with `user.not_found` alike for everyone else
 * and for a member who does not exist.
 */
export async function reportMember(
  { db }: Pick<Deps, 'db'>,
  { actor, asked }: { actor: Actor; asked: number | undefined },
): Promise<users.User> {
  const userId = asked ?? actor.userId
  if (userId !== actor.userId && actor.role !== 'admin') throw new DomainError('user.not_found')
  return users.get(db.read, userId)
}
