import type { NetworkState } from './network-state.ts'
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
  { columns, paths }: NetworkState,
  { always, most }: { always: readonly number[]; most: number },
): number[] {
  const { changed } = columns
  const taken = [...new Set(always)]
  const handOut = (member: number) => {
    // Others may still have to hear of a change through this one.
    paths.settle(member)
    changed[member] = 0
  }
  for (const member of taken) handOut(member)
  for (let others = 0; others < most; others += 1) {
    let next = changed.indexOf(1, columns.changedFrom)
    if (next === -1) next = changed.indexOf(1)
    if (next === -1) break
    handOut(next)
    columns.changedFrom = next + 1
    taken.push(next)
  }
  return taken.sort((a, b) => a - b)
}
