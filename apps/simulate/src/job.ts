import type { Report } from './jobs.ts'
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
    const result = await run({ seed, steps, file: scratch.newFile('seed'), ...planted })
    const { step, acknowledged, crashes, differences } = result
    process.send?.({ seed, step, acknowledged, crashes, differences: differences.slice(0, 10) } satisfies Report)
  }
} finally {
  scratch.remove()
}
process.disconnect?.()
