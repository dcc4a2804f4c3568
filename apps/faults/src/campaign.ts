import type { Fault, FaultOptions, Outcome } from './fault.ts'

/** One line of the table. */
export type Row = {
  readonly letter: string
  readonly title: string
  readonly on: string
  readonly durationMs: number
  /** Null when the fault could not be brought to its end. */
  readonly outcome: Outcome | null
  /** Why it did not pass; null when it did. */
  readonly failure: string | null
}

/** Runs faults one after the other; one that breaks does not keep the others from their turn. */
export async function runCampaign(
  faults: readonly Fault[],
  {
    seconds,
    progress,
    onRow,
  }: Omit<FaultOptions, 'progress'> & {
    readonly progress: (letter: string, what: string) => void
    readonly onRow: (row: Row) => void
  },
): Promise<Row[]> {
  const rows: Row[] = []
  for (const fault of faults) {
    const row = await runOne(fault, { seconds, progress: (what) => progress(fault.letter, what) })
    rows.push(row)
    onRow(row)
  }
  return rows
}

async function runOne(fault: Fault, options: FaultOptions): Promise<Row> {
  const { letter, title, on } = fault
  const startedAt = performance.now()
  const took = () => performance.now() - startedAt
  try {
    const outcome = await fault.run(options)
    return { letter, title, on, outcome, failure: failureOf(outcome), durationMs: took() }
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { letter, title, on, outcome: null, failure, durationMs: took() }
  }
}

const shownOfEach = 10

/** A fault that did not really happen proves nothing, and fails as well. */
function failureOf({ lost, doubled, evidence, differences }: Outcome): string | null {
  const failures = [
    ...(evidence.isExercised ? [] : ['not exercised']),
    ...lost.slice(0, shownOfEach).map((what) => `lost: ${what}`),
    ...doubled.slice(0, shownOfEach).map((what) => `doubled: ${what}`),
    ...(differences === null ? [] : [differences]),
  ]
  return failures.length === 0 ? null : failures.join('\n')
}
