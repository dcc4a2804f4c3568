import type { sessions } from '@ev/db'
import { z } from 'zod'
import { idNumber, instant } from '../http/index.ts'

/** Where a member is logged in; `is_current` marks the session of the request. */
export const sessionView = z.object({
  id: idNumber,
  ip_address: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: instant,
  last_used_at: instant,
  expires_at: instant,
  is_current: z.boolean(),
})

export function toSessionView(
  session: sessions.Session,
  { sessionId }: { sessionId: number },
): z.output<typeof sessionView> {
  return {
    id: session.id,
    ip_address: session.ipAddress,
    user_agent: session.userAgent,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    expires_at: session.expiresAt,
    is_current: session.id === sessionId,
  }
}
