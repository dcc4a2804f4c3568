/** A binary heap in a plain array: the smallest number is at index 0. Pushing numbers in growing order costs one comparison each. */
export type NumberHeap = number[]

export function pushTo(heap: NumberHeap, value: number): void {
  let hole = heap.length
  while (hole > 0) {
    const above = (hole - 1) >> 1
    if (heap[above]! <= value) break
    heap[hole] = heap[above]!
    hole = above
  }
  heap[hole] = value
}

/** Takes the smallest number out, or answers undefined when there is none. */
export function popFrom(heap: NumberHeap): number | undefined {
  const smallest = heap[0]
  const last = heap.pop()
  if (last !== undefined && heap.length > 0) sink(heap, last)
  return smallest
}

/** Fills the empty root: smaller children rise until `value` fits. */
function sink(heap: NumberHeap, value: number): void {
  let hole = 0
  for (;;) {
    let child = 2 * hole + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child += 1
    if (heap[child]! >= value) break
    heap[hole] = heap[child]!
    hole = child
  }
  heap[hole] = value
}
