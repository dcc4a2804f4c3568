import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNodeSet } from './node-set.ts'

const node = fc.integer({ min: 1, max: 5_000 })
const step = fc.record({ kind: fc.constantFrom('add' as const, 'delete' as const, 'next' as const), node })

test('it finds what a plain set holds, in ascending order, however far apart', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const nodes = createNodeSet(1)
      const plain = new Set<number>()
      for (const { kind, node } of steps) {
        if (kind === 'next') expect(nodes.next(node)).toBe(firstFrom(plain, node))
        else {
          nodes[kind](node)
          plain[kind](node)
        }
      }
      const found: number[] = []
      for (let node = nodes.next(1); node !== 0; node = nodes.next(node + 1)) found.push(node)
      expect(found).toEqual([...plain].sort((a, b) => a - b))
    }),
    { numRuns: 500 },
  )
})

function firstFrom(plain: ReadonlySet<number>, from: number): number {
  const later = [...plain].filter((node) => node >= from)
  return later.length === 0 ? 0 : Math.min(...later)
}
