import { doubled } from './tree-columns.ts'

/** A list of numbers that grows, at four bytes each. */
export type NumberList = {
  push(value: number): void
  /** What is in it, without a copy: the next `push` may leave it behind. */
  values(): Int32Array
}

export function createNumberList(capacity = 1024): NumberList {
  let stored = new Int32Array(Math.max(1, capacity))
  let size = 0
  return {
    push(value) {
      if (size === stored.length) stored = doubled(stored)
      stored[size] = value
      size += 1
    },
    values: () => stored.subarray(0, size),
  }
}
