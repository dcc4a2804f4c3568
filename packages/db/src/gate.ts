/** Lets at most a fixed number of tasks run at once; the others wait in the order they came. */
export type Gate = {
  /** Runs `task` as soon as there is room. Throws without running it when the queue before it is already full. */
  run<T>(task: () => Promise<T>): Promise<T>
  /** How many tasks run and how many wait now. */
  load(): Load
}

export type Load = { readonly running: number; readonly waiting: number }

/** A gate for `permits` tasks at a time, with at most `maxWaiting` waiting behind them. */
export function createGate({ permits, maxWaiting }: { permits: number; maxWaiting: number }): Gate {
  let free = permits
  const waiting: Array<() => void> = []

  function enter(): Promise<void> | undefined {
    if (free > 0) {
      free -= 1
      return undefined
    }
    if (waiting.length >= maxWaiting)
      throw new Error(`More than ${maxWaiting} transactions are waiting for a connection.`)
    return new Promise((resolve) => waiting.push(resolve))
  }

  function leave(): void {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }

  return {
    load: () => ({ running: permits - free, waiting: waiting.length }),
    async run(task) {
      await enter()
      try {
        return await task()
      } finally {
        leave()
      }
    },
  }
}
