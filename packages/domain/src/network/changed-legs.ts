import type { TreeColumns } from './tree-columns.ts'

/** Whether what is known of some member's legs was not handed out by `takeChanged` since. */
export function hasChanged({ changed, size }: TreeColumns): boolean {
  const next = changed.indexOf(1)
  return next !== -1 && next <= size
}

/**
 * The members `always`, and up to `most` others whose legs hold something else than when they were last handed out; all of these count as handed out
 * now. In ascending order. It goes round: each call goes on behind the last member of the one before, so that every member comes up however
 * many change meanwhile.
 */
export function takeChanged(
  columns: TreeColumns,
  { always, most }: { always: readonly number[]; most: number },
): number[] {
  const { changed } = columns
  const taken = [...new Set(always)]
  for (const member of taken) changed[member] = 0
  for (let others = 0; others < most; others += 1) {
    let next = changed.indexOf(1, columns.changedFrom)
    if (next === -1) next = changed.indexOf(1)
    if (next === -1) break
    changed[next] = 0
    columns.changedFrom = next + 1
    taken.push(next)
  }
  return taken.sort((a, b) => a - b)
}
