/** One figure. */
export type Result = {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What `value` is held against: the same done by something else in the same run, in the same unit. Null without one. */
  readonly limit: number | null
  /** `value` divided by `limit`. */
  readonly ratio: number | null
  /** Processor time of the processes measured, user and system, in milliseconds for each operation; null where it is not counted. */
  readonly cpuMsPerOp: number | null
  readonly aim: Aim
}

/** What the figures should reach; a benchmark shows it and never fails by it. */
export type Aim = {
  readonly valueAtMost?: number
  readonly valueAtLeast?: number
  readonly ratioAtMost?: number
  readonly ratioAtLeast?: number
  readonly cpuMsAtMost?: number
}

export type BenchmarkOptions = {
  /** Fewer rows and repetitions: shows that it runs, not how fast. */
  readonly isQuick: boolean
  /** Told what is being done. */
  progress(what: string): void
}

/** Measures; one that takes long answers in parts. */
export type Benchmark = (options: BenchmarkOptions) => Promise<Result[]> | AsyncIterable<Result[]>
