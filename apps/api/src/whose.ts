import type { Actor } from '@ev/application'
import { DomainError } from '@ev/domain'

/** Anyone else’s statement is there for admins only. */
export function whose(actor: Actor, userId: number | undefined): number {
  if (userId === undefined || userId === actor.userId || actor.role === 'admin') return userId ?? actor.userId
  throw new DomainError('user.not_found')
}
