import type { HandlerPolicy } from '../handler-catalogue.ts'
import type { InHand } from '../in-hand.ts'

/** Puts what arrives into the portions that the handler's policy asks for. */
export type Batcher<T> = { add(item: T): void /** Forgets what was not yet handed over. */; discard(): void }

/**
 * Without a batch each item is worked at once. With one, items are collected until there are `max` or `waitMs` have
 * passed since the first, and one batch is worked after the other.
 */
export function createBatcher<T>({
  batch,
  inHand,
  work,
}: {
  readonly batch: HandlerPolicy['batch']
  readonly inHand: InHand
  readonly work: (items: readonly T[]) => Promise<void>
}): Batcher<T> {
  if (batch === null) return { add: (item) => inHand.add(work([item])), discard: () => {} }

  const { max, waitMs } = batch
  let waiting: T[] = []
  let isWorking = false
  let timer: NodeJS.Timeout | undefined

  function handOver() {
    clearTimeout(timer)
    timer = undefined
    if (isWorking || waiting.length === 0) return
    const portion = waiting.slice(0, max)
    waiting = waiting.slice(max)
    isWorking = true
    inHand.add(
      work(portion).finally(() => {
        isWorking = false
        handOver()
      }),
    )
  }

  return {
    add(item) {
      waiting.push(item)
      if (waiting.length >= max) handOver()
      else timer ??= setTimeout(handOver, waitMs)
    },
    discard() {
      clearTimeout(timer)
      timer = undefined
      waiting = []
    },
  }
}
