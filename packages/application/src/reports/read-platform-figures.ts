import { countUnpublished, oldestUnpublishedAgeMs, reports } from '@ev/db'
import { istMonth, startOfIstMonth } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { keptForAMinute } from './kept.ts'

/** The platform's figures with the moment at which they were counted. */
export type PlatformFigures = Awaited<ReturnType<typeof reports.platformFigures>> & {
  readonly unpublishedMessages: number
  readonly oldestUnpublishedAgeMs: number | null
  readonly countedAt: Date
}

/**
 * The platform's figures at a glance. Counting walks over whole tables, so an answer is kept for a minute and says when it was counted; without
 * the cache it is counted each time.
 */
export async function readPlatformFigures(
  deps: Pick<Deps, 'db' | 'clock' | 'cache' | 'log'>,
): Promise<PlatformFigures> {
  return keptForAMinute(deps, 'reports:platform-figures', () => count(deps))
}

async function count({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<PlatformFigures> {
  const now = clock.now()
  const month = istMonth(now)
  const [figures, unpublishedMessages, ageMs] = await Promise.all([
    reports.platformFigures(db.read, { month, monthStart: startOfIstMonth(month) }),
    countUnpublished(db.read),
    oldestUnpublishedAgeMs(db.read, now),
  ])
  return { ...figures, unpublishedMessages, oldestUnpublishedAgeMs: ageMs, countedAt: now }
}
