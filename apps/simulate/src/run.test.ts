import { randomInt } from 'node:crypto'
import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import { scratchForSuite } from './testing/scratch.ts'

const { live } = scratchForSuite()
const steps = 200
const limitMs = 120_000

const fixed = times(12, (at) => at + 1)
/** Printed with the name of its test, by which it can be replayed. */
const fresh = times(3, () => randomInt(1_000_000_000))

test.each([...fixed, ...fresh])(
  `the platform and its model agree: pnpm simulate --seed %i --steps ${steps}`,
  async (seed) => {
    expect((await live({ seed, steps })).differences).toEqual([])
  },
  limitMs,
)

test('the same seed lives the same life, another seed another', async () => {
  const [first, again, other] = [
    await live({ seed: 7, steps: 80 }),
    await live({ seed: 7, steps: 80 }),
    await live({ seed: 8, steps: 80 }),
  ]
  expect(again).toEqual(first)
  expect(other.trace).not.toBe(first.trace)
})
