/**
 * Short-lived facts with a time to live: one-time codes, locks, counters, cached answers. Nothing here is the only copy of
 * anything that matters; every entry may vanish early. All operations throw `CacheUnavailable` when the cache does not answer.
 */
export type Cache = {
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlMs: number): Promise<void>
  /** Sets the value when the key is free. Answers whether it did. */
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<boolean>
  delete(key: string): Promise<void>
  /** Deletes the key when it holds exactly `value`: how the owner of a lock gives it back. Answers whether it did. */
  deleteIfEquals(key: string, value: string): Promise<boolean>
  /** Adds one and answers the new count. The first increment starts the time to live; later ones do not prolong it. */
  increment(key: string, ttlMs: number): Promise<number>
  /** Stores the keyed hash of a one-time secret with a fresh count of guesses, replacing an earlier one. */
  putSecret(key: string, hash: string, ttlMs: number): Promise<void>
  /**
   * Compares one guess, in one atomic step with the counting of it. A match uses the secret up unless `onMatch` is `keep`.
   * After `maxAttempts` wrong guesses every further one, right or wrong, is `locked` until the secret expires or is replaced.
   */
  guessSecret(key: string, hash: string, options: GuessOptions): Promise<GuessResult>
  /** Resolves when the cache answers. */
  check(): Promise<void>
  close(): Promise<void>
}

export type GuessOptions = { maxAttempts: number; onMatch?: 'use_up' | 'keep' }
export type GuessResult = 'match' | 'mismatch' | 'locked' | 'absent'

/** The cache did not answer in time. What depends on it for safety must refuse; what only gains speed from it may go on. */
export class CacheUnavailable extends Error {
  override readonly name = 'CacheUnavailable'
  constructor(cause: unknown) {
    super('The cache does not answer.', { cause })
  }
}
