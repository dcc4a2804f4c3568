import { parseArgs } from 'node:util'
import { isPlant, type PlantName, plants } from './plants.ts'

export type SimulateOptions = {
  readonly from: number
  readonly seeds: number
  readonly steps: number
  readonly jobs: number
  /** One seed whose every step is shown. */
  readonly isTraced: boolean
  readonly plant: PlantName | null
}

/** Reads the command line; throws what is wrong with it in words. */
export function readOptions(args: readonly string[]): SimulateOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: { seeds: text, steps: text, from: text, jobs: text, seed: text, plant: text },
  })
  const { plant = null } = values
  if (plant !== null && !isPlant(plant))
    throw new Error(`There is no fault "${plant}" to plant; there are: ${Object.keys(plants).join(', ')}.`)
  const one = values.seed === undefined ? null : whole('seed', values.seed)
  return {
    from: one ?? whole('from', values.from ?? '1'),
    seeds: one === null ? whole('seeds', values.seeds ?? '100') : 1,
    steps: whole('steps', values.steps ?? '500'),
    jobs: whole('jobs', values.jobs ?? '1'),
    isTraced: one !== null,
    plant,
  }
}

function whole(name: string, given: string): number {
  const number = Number(given)
  if (!Number.isSafeInteger(number) || number < 0 || number > 4_294_967_295)
    throw new Error(`--${name} takes a whole number, not "${given}".`)
  return number
}
