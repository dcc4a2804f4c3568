import { cpus, totalmem } from 'node:os'

/** What the figures were measured on. */
export type Machine = {
  readonly cores: number
  readonly processor: string
  readonly memoryGiB: number
  readonly node: string
}

export function thisMachine(): Machine {
  const [first] = cpus()
  return {
    cores: cpus().length,
    processor: first?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  }
}
