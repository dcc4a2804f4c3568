import { audit } from '@ev/db'
import type { Deps } from '../deps.ts'

/** A refused login or permission, as the edge saw it. Holds no secrets. */
export type RefusedCaller = {
  readonly kind: 'authentication_failed' | 'authorisation_failed'
  readonly code: string
  readonly method: string
  readonly route: string
  readonly userId: number | null
  readonly ip: string
  readonly requestId: string
}

export type SecurityLog = {
  /** Takes note; the answer to the caller does not wait for it. */
  add(event: RefusedCaller): void
  /** Resolves when everything noted so far is written. */
  flush(): Promise<void>
}

const mostWaiting = 1_000
const mostAtOnce = 100

/**
 * Writes refused callers into the audit log, many in one transaction, beside the requests. Under a flood it drops what it cannot hold,
 * and says how many: a log of attacks must not become the way to attack.
 */
export function createSecurityLog({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>): SecurityLog {
  const waiting: audit.NewAuditLine[] = []
  let dropped = 0
  let writing: Promise<void> | null = null

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting.splice(0, mostAtOnce)
      try {
        await db.transaction(async (tx) => {
          for (const line of lines) await audit.append(tx, line)
        })
      } catch (error) {
        log.error({ err: error, lines: lines.length }, 'Refused callers could not be written into the audit log')
      }
    }
    if (dropped > 0) log.warn({ dropped }, 'Refused callers were too many for the audit log')
    dropped = 0
  }

  return {
    add(event) {
      if (waiting.length >= mostWaiting) {
        dropped += 1
        return
      }
      const { kind, code, method, route, userId, ip, requestId } = event
      waiting.push({
        actorId: userId,
        action: `auth.${kind}`,
        subject: { type: 'route', id: `${method} ${route}`.slice(0, 100) },
        details: { code },
        ipAddress: ip.slice(0, 45) || null,
        requestId,
        createdAt: clock.now(),
      })
      writing ??= write().finally(() => {
        writing = null
      })
    },
    flush: async () => {
      while (writing) await writing
    },
  }
}
