/** Where the current instant comes from. Rules never read the system clock themselves; they are given this, or an instant. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

export type ManualClock = Clock & {
  /** Moves the clock by `ms` milliseconds; a negative number moves it back. */
  advance(ms: number): void
  set(instant: Date): void
}

/** A clock that stands still until it is moved. */
export function manualClock(start: Date): ManualClock {
  let current = start.getTime()
  return {
    now: () => new Date(current),
    advance(ms) {
      current += ms
    },
    set(instant) {
      current = instant.getTime()
    },
  }
}
