import { countUnpublished, decode, encode, oldestUnpublishedAgeMs, reports } from '@ev/db'
import { istMonth, startOfIstMonth } from '@ev/domain'
import { CacheUnavailable } from '@ev/runtime'
import type { Deps } from '../deps.ts'

/** The platform's figures with the moment at which they were counted. */
export type PlatformFigures = Awaited<ReturnType<typeof reports.platformFigures>> & {
  readonly unpublishedMessages: number
  readonly oldestUnpublishedAgeMs: number | null
  readonly countedAt: Date
}

const cacheKey = 'reports:platform-figures'
const keptForMs = 60_000

/**
 * The platform's figures at a glance. Counting walks over whole tables, so an answer is kept for a minute and says when it was counted; without
 * the cache it is counted each time.
 */
export async function readPlatformFigures(
  deps: Pick<Deps, 'db' | 'clock' | 'cache' | 'log'>,
): Promise<PlatformFigures> {
  const kept = await quietly(deps, () => deps.cache.get(cacheKey))
  if (kept) return decode(kept) as PlatformFigures
  const figures = await count(deps)
  await quietly(deps, () => deps.cache.set(cacheKey, encode(figures), keptForMs))
  return figures
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

/** The cache only saves work here: without it the work is done. */
async function quietly<T>({ log }: Pick<Deps, 'log'>, use: () => Promise<T>): Promise<T | null> {
  try {
    return await use()
  } catch (error) {
    if (!(error instanceof CacheUnavailable)) throw error
    log.warn({ err: error }, 'The figures were counted without the cache')
    return null
  }
}
