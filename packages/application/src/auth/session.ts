import { sessions, type Tx, type users } from '@ev/db'
import { DomainError } from '@ev/domain'
import type { Deps } from '../deps.ts'

const dayMs = 86_400_000
/** Within this time after a rotation, the refresh token before it is answered with its successor: two tabs may refresh at once. */
const graceMs = 10_000

export const refreshLifetimeMs = dayMs

/** What tokens are made of. `tokenId` is the id of the one refresh token that is good now. */
export type LiveSession = {
  readonly sessionId: number
  readonly tokenId: string
  readonly userId: number
  readonly role: users.User['role']
}

/** Opens a session for a member, from whose address and with which client. */
export async function openSession(
  tx: Tx,
  { clock, ids }: Pick<Deps, 'clock' | 'ids'>,
  { user, ipAddress, userAgent }: { user: users.User; ipAddress: string | null; userAgent: string | null },
): Promise<LiveSession> {
  const now = clock.now()
  const session = await sessions.insert(tx, {
    userId: user.id,
    tokenId: ids.uuid(),
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + refreshLifetimeMs),
    ipAddress,
    userAgent: userAgent?.slice(0, 255) ?? null,
  })
  return { sessionId: session.id, tokenId: session.tokenId, userId: user.id, role: user.role }
}

type Presented = { readonly sessionId: number; readonly tokenId: string }

/**
 * Exchanges a refresh token for its successor; the old one dies. A token that died earlier was copied: the whole session is revoked.
 * Refuses with `auth.session_revoked`, or `auth.account_inactive`.
 */
export async function refreshSession(
  { db, clock, ids }: Pick<Deps, 'db' | 'clock' | 'ids'>,
  { sessionId, tokenId }: Presented,
): Promise<LiveSession> {
  const refreshed = await db.transaction(async (tx) => {
    const now = clock.now()
    const live = await sessions.findLive(tx, { id: sessionId, now })
    if (!live) return null
    if (!live.user.isActive) throw new DomainError('auth.account_inactive')
    const next = { userId: live.user.id, role: live.user.role, sessionId }
    const to = ids.uuid()
    const expiresAt = new Date(now.getTime() + refreshLifetimeMs)
    if (await sessions.rotate(tx, { id: sessionId, from: tokenId, to, now, expiresAt })) return { ...next, tokenId: to }
    const latest = await sessions.find(tx, sessionId)
    const isJustRotated = latest?.rotatedAt != null && now.getTime() - latest.rotatedAt.getTime() < graceMs
    if (latest?.previousTokenId === tokenId && isJustRotated) return { ...next, tokenId: latest.tokenId }
    await sessions.revoke(tx, { id: sessionId, now, reason: 'refresh_token_reused' })
    return null
  })
  if (!refreshed) throw new DomainError('auth.session_revoked')
  return refreshed
}

/** Ends the session of a refresh token; its access tokens stop at once. Ending it again changes nothing. */
export async function logOut(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { sessionId }: { sessionId: number },
): Promise<void> {
  await db.transaction((tx) => sessions.revoke(tx, { id: sessionId, now: clock.now(), reason: 'logout' }))
}
