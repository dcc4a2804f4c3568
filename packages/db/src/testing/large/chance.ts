/** A repeatable source of chance: the same seed gives the same rows. */
export type Chance = {
  /** A whole number in [0, below). */
  below(below: number): number
  /** One of the items; earlier ones are as likely as later ones. */
  pick<T>(items: readonly T[]): T
  /** True with the given probability. */
  happens(probability: number): boolean
}

/** Mulberry32, by Tommy Ettinger: small, quick and even enough for test data. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    pick: (items) => items[below(items.length)]!,
    happens: (probability) => next() < probability,
  }
}
