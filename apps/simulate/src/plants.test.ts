import { expect, test } from 'vitest'
import { type PlantName, plants } from './plants.ts'
import { scratchForSuite } from './testing/scratch.ts'

const { live } = scratchForSuite()
/** What a person would wait for; the runs of today need one or two. */
const seedsAtMost = 8

const steps = 120

test('lives in which nothing is planted show nothing', async () => {
  for (const seed of [1, 2]) expect((await live({ seed, steps })).differences).toEqual([])
})

test.each(Object.keys(plants) as PlantName[])(
  'a planted %s is found',
  async (name) => {
    for (let seed = 1; seed <= seedsAtMost; seed += 1) {
      const { differences } = await live({ seed, steps, plant: plants[name] })
      if (differences.length === 0) continue
      console.log(`${name} was found with seed ${seed}: ${differences[0]}`)
      return
    }
    expect.fail(`${name} was not found in ${seedsAtMost} runs.`)
  },
  120_000,
)
