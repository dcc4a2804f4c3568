import type { NetworkState } from './network-state.ts'

/** Whether what is known of some member's legs was not handed out by `takeChanged` since. */
export function hasChanged({ columns }: NetworkState): boolean {
  return columns.changed.next(1) !== 0
}

/**
 * The members `always`, and up to `most` others whose legs hold something else than when they were last handed out; all of these count as handed out
 * now. In ascending order. It goes round: each call goes on behind the last member of the one before, so that every member comes up however
 * many change meanwhile.
 */
export function takeChanged(
  { columns, paths }: NetworkState,
  { always, most }: { always: readonly number[]; most: number },
): number[] {
  const { changed } = columns
  const taken = [...new Set(always)]
  const handOut = (member: number) => {
    // Others may still have to hear of a change through this one.
    paths.settle(member)
    changed.delete(member)
  }
  for (const member of taken) handOut(member)
  for (let others = 0; others < most; others += 1) {
    const next = changed.next(columns.changedFrom) || changed.next(1)
    if (next === 0) break
    handOut(next)
    columns.changedFrom = next + 1
    taken.push(next)
  }
  return taken.sort((a, b) => a - b)
}
