/** Counts running work, so that a shutdown can wait for it. */
export type InHand = {
  readonly size: number
  /** Follows `work` until it ends, well or badly. The work itself must deal with its errors. */
  add(work: Promise<unknown>): void
  /** Resolves when one of the pieces in hand has ended; at once when nothing is in hand. */
  oneEnded(): Promise<void>
  /** Waits until nothing is in hand, at most `graceMs`; answers how many pieces were still running then. */
  drain(graceMs: number): Promise<number>
}

export function createInHand(): InHand {
  const running = new Set<Promise<void>>()

  return {
    get size() {
      return running.size
    },
    add(work) {
      const followed: Promise<void> = work.then(
        () => void running.delete(followed),
        () => void running.delete(followed),
      )
      running.add(followed)
    },
    async oneEnded() {
      if (running.size > 0) await Promise.race(running)
    },
    async drain(graceMs) {
      let timer: NodeJS.Timeout | undefined
      const timeIsUp = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), graceMs)
      })
      while (running.size > 0) {
        if ((await Promise.race([timeIsUp, Promise.all(running)])) === 'late') break
      }
      clearTimeout(timer)
      return running.size
    },
  }
}
