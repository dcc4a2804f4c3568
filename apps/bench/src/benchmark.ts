/** One figure. `ratio` says how it stands to what it is compared with in the same run, and `limit` what that should stay below. */
export type Result = {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly ratio: number | null
  readonly limit: number | null
}

export type BenchmarkOptions = {
  /** Fewer rows and repetitions: shows that it runs, not how fast. */
  readonly isQuick: boolean
  /** Told what is being done. */
  progress(what: string): void
}

export type Benchmark = (options: BenchmarkOptions) => Promise<Result[]>
