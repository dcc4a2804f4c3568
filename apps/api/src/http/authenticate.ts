import { DomainError } from '@ev/domain'
import { type Access, type Actor, mayEnter, type Role } from './actor.ts'
import type { Tokens } from './tokens.ts'

/** What the live session of a token says about its account now. */
export type ActiveSession = {
  readonly userId: number
  readonly role: Role
  readonly isSuperuser: boolean
  /** False when the account was deactivated. */
  readonly isActive: boolean
}

/** Answers null for a session that ended or never was. */
export type Sessions = { findActive(sessionId: number): Promise<ActiveSession | null> }

/**
 * Establishes the caller from the `Authorization` header. The token is only the beginning: its session is looked up each time, so
 * that logging out, a deactivation and a change of role count at once.
 */
export async function authenticate(
  { tokens, sessions }: { tokens: Tokens; sessions: Sessions },
  authorization: string | undefined,
): Promise<Actor> {
  if (authorization === undefined) throw new DomainError('auth.unauthenticated')
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1]
  if (token === undefined) throw new DomainError('auth.token_invalid')
  const claims = tokens.verify(token, { tokenType: 'access' })
  const session = await sessions.findActive(claims.sessionId)
  if (!session || session.userId !== claims.userId) throw new DomainError('auth.session_revoked')
  if (!session.isActive) throw new DomainError('auth.account_inactive')
  if (session.role !== claims.role) throw new DomainError('auth.session_revoked')
  const { userId, role, isSuperuser } = session
  return { userId, role, isSuperuser, sessionId: claims.sessionId, tokenExpiresAt: claims.expiresAt }
}

/** Refuses `auth.forbidden` when the caller's role is below what the route asks for. */
export function authorise(access: Access, actor: Actor): void {
  if (!mayEnter(access, actor.role)) throw new DomainError('auth.forbidden')
}

/** The challenge of a 401 answer, by RFC 6750: the defect of a token is named only when there was one. */
export function challengeFor(code: string): string {
  return code === 'auth.unauthenticated' ? 'Bearer realm="api"' : 'Bearer realm="api", error="invalid_token"'
}
