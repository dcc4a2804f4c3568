import type { Chance } from '../chance.ts'

/** An amount that a person would choose: all of it often, a part mostly, nothing or too much at times. */
export function amountUpTo(chance: Chance, most: bigint, { beyond }: { beyond: number }): bigint {
  if (beyond > 0 && chance.isLucky(beyond)) return chance.isLucky(0.3) ? 0n : most + BigInt(chance.between(1, 500))
  if (chance.isLucky(0.35)) return most
  const part = (most * BigInt(chance.between(1, 1_000))) / 1_000n
  return part > 0n ? part : most
}
