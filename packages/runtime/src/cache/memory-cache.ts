import type { Clock } from '../clock.ts'
import type { Cache } from './cache.ts'

type Entry = { expiresAt: number; value: string; count: number }

/**
 * A cache inside the process. Holds at most `maxEntries`; a full cache drops what has expired, then the oldest entries. Losing an entry
 * early is safe for every use: a lost one-time code is absent, a lost lock leaves the decision to the database.
 */
export function createMemoryCache({ clock, maxEntries = 100_000 }: { clock: Clock; maxEntries?: number }): Cache {
  const entries = new Map<string, Entry>()

  function live(key: string): Entry | undefined {
    const entry = entries.get(key)
    if (entry && entry.expiresAt > clock.now().getTime()) return entry
    entries.delete(key)
    return undefined
  }

  function put(key: string, entry: Omit<Entry, 'expiresAt'>, ttlMs: number): void {
    const now = clock.now().getTime()
    entries.delete(key)
    if (entries.size >= maxEntries) makeRoom(entries, now, maxEntries)
    entries.set(key, { ...entry, expiresAt: now + ttlMs })
  }

  return {
    get: async (key) => live(key)?.value ?? null,
    set: async (key, value, ttlMs) => put(key, { value, count: 0 }, ttlMs),
    async setIfAbsent(key, value, ttlMs) {
      if (live(key)) return false
      put(key, { value, count: 0 }, ttlMs)
      return true
    },
    async delete(key) {
      entries.delete(key)
    },
    async deleteIfEquals(key, value) {
      return live(key)?.value === value && entries.delete(key)
    },
    async increment(key, ttlMs) {
      const entry = live(key)
      if (!entry) {
        put(key, { value: '1', count: 1 }, ttlMs)
        return 1
      }
      entry.count += 1
      entry.value = String(entry.count)
      return entry.count
    },
    putSecret: async (key, hash, ttlMs) => put(key, { value: hash, count: 0 }, ttlMs),
    async guessSecret(key, hash, { maxAttempts, onMatch = 'use_up' }) {
      const entry = live(key)
      if (!entry) return 'absent'
      if (entry.count >= maxAttempts) return 'locked'
      if (entry.value !== hash) {
        entry.count += 1
        return 'mismatch'
      }
      if (onMatch === 'use_up') entries.delete(key)
      return 'match'
    },
    check: async () => {},
    close: async () => entries.clear(),
  }
}

/** Frees a tenth of the room at once, so that a full cache does not look for expired entries at every write. */
function makeRoom(entries: Map<string, Entry>, now: number, maxEntries: number): void {
  for (const [key, entry] of entries) if (entry.expiresAt <= now) entries.delete(key)
  const target = Math.floor(maxEntries * 0.9)
  for (const key of entries.keys()) {
    if (entries.size <= target) return
    entries.delete(key)
  }
}
