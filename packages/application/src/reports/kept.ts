import { decode, encode } from '@ev/db'
import { CacheUnavailable } from '@ev/runtime'
import type { Deps } from '../deps.ts'

const keptForMs = 60_000

/**
 * What `count` answers, kept for a minute under the key: it walks over whole tables. Without the cache, which only saves work here, it is counted
 * each time.
 */
export async function keptForAMinute<T>(
  deps: Pick<Deps, 'cache' | 'log'>,
  key: string,
  count: () => Promise<T>,
): Promise<T> {
  const kept = await quietly(deps, () => deps.cache.get(key))
  if (kept) return decode(kept) as T
  const figures = await count()
  await quietly(deps, () => deps.cache.set(key, encode(figures), keptForMs))
  return figures
}

async function quietly<T>({ log }: Pick<Deps, 'log'>, use: () => Promise<T>): Promise<T | null> {
  try {
    return await use()
  } catch (error) {
    if (!(error instanceof CacheUnavailable)) throw error
    log.warn({ err: error }, 'The figures were counted without the cache')
    return null
  }
}
