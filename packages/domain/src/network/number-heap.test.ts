import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NumberHeap, popFrom, pushTo } from './number-heap.ts'

test('numbers come out in growing order, whatever order they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat())), (pushesAndPops) => {
      const heap: NumberHeap = []
      const model: number[] = []
      for (const pushed of pushesAndPops) {
        if (pushed === null) {
          expect(popFrom(heap)).toBe(model.shift())
          continue
        }
        pushTo(heap, pushed)
        model.push(pushed)
        model.sort((a, b) => a - b)
      }
      expect(heap.length).toBe(model.length)
      for (const smallest of model) expect(popFrom(heap)).toBe(smallest)
      expect(popFrom(heap)).toBeUndefined()
    }),
    { numRuns: 1000 },
  )
})
