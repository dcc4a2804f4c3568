import type { Deps } from '../deps.ts'

/**
 * Does `work` for each row of a schedule's page. One that fails is logged with its id and does not hold up those behind it; answers how many
 * `work` said it changed.
 */
export async function forEachRow(
  { log }: Pick<Deps, 'log'>,
  { what, ids, work }: { what: string; ids: readonly number[]; work: (id: number) => Promise<boolean> },
): Promise<number> {
  let changed = 0
  for (const id of ids) {
    try {
      if (await work(id)) changed += 1
    } catch (error) {
      log.error({ err: error, what, id }, 'a row of a schedule failed; it is tried again at the next run')
    }
  }
  return changed
}
