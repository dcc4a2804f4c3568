import type { Aim, Result } from '../benchmark.ts'

/** A figure, held against `limit` where there is one. */
export function figure(
  name: string,
  value: number,
  unit: string,
  { limit = null, cpuMsPerOp = null, aim = {} }: { limit?: number | null; cpuMsPerOp?: number | null; aim?: Aim } = {},
): Result {
  return { name, value, unit, limit, ratio: limit === null ? null : value / limit, cpuMsPerOp, aim }
}

/** 1e6 for a million. */
export const sizeName = (members: number) => `1e${Math.round(Math.log10(members))}`
