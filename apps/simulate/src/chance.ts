/** The one source of chance of a run: the same seed gives the same choices for ever. */
export type Chance = {
  /** In [0, 1). */
  next(): number
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number
  isLucky(probability: number): boolean
  pick<T>(choices: readonly T[]): T
  /** Another source, which draws on this one once. */
  fork(): Chance
}

/** Sebastiano Vigna's SplitMix64 in 32 bits (Mulberry32): small, quick, and good enough to choose steps by. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    isLucky: (probability) => next() < probability,
    pick<T>(choices: readonly T[]): T {
      if (choices.length === 0) throw new Error('There is nothing to choose from.')
      return choices[between(0, choices.length - 1)] as T
    },
    fork: () => createChance(between(0, 4_294_967_295)),
  }
}
