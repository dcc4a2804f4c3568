import { teams } from '@ev/db'
import { createLineage, type Lineage } from '@ev/domain'
import type { Deps } from '../deps.ts'

/** The shape of the tree as this process knows it, one for all its requests. */
export type LineageReader = {
  /** With everything that was committed before the question. Whoever must know whether a place exists asks this first. */
  current(): Promise<Lineage>
}

/**
 * Keeps the shape of the tree in memory and reads what was placed since: the first question builds it, each later one costs a look behind
 * the last known placement. Places are never given up, so what is in memory is never wrong, only short of the newest. Questions that come
 * while one is being answered share the next look.
 */
export function createLineageReader({ db, log }: Pick<Deps, 'db' | 'log'>): LineageReader {
  const lineage = createLineage()
  let running: Promise<Lineage> | null = null
  let next: Promise<Lineage> | null = null

  async function readOn(): Promise<Lineage> {
    const startedAt = performance.now()
    const known = lineage.size()
    for await (const positions of teams.positionsAfter(db.read, known)) lineage.append(positions)
    if (known === 0 && lineage.size() > 0) {
      const durationMs = Math.round(performance.now() - startedAt)
      log.info({ members: lineage.size(), durationMs }, 'the shape of the tree was read')
    }
    return lineage
  }
  function begin(): Promise<Lineage> {
    running = readOn().finally(() => {
      running = null
    })
    return running
  }

  return {
    current() {
      if (running === null) return begin()
      // The look under way may have begun before what this caller knows of was committed.
      next ??= running
        .catch(() => {})
        .then(() => {
          next = null
          return begin()
        })
      return next
    },
  }
}
