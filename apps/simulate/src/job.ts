import { isPlant, plants } from './plants.ts'
import { openScratch } from './platform.ts'
import { run } from './run.ts'

const { seeds, steps, plant } = JSON.parse(process.argv[2] ?? '{}') as {
  seeds: number[]
  steps: number
  plant: string | null
}
const scratch = await openScratch()
try {
  for (const seed of seeds) {
    const planted = plant !== null && isPlant(plant) ? { plant: plants[plant] } : {}
    const { step, differences } = await run({ seed, steps, file: scratch.newFile('seed'), ...planted })
    process.send?.({ seed, step, differences: differences.slice(0, 10) })
  }
} finally {
  scratch.remove()
}
process.disconnect?.()
