import { afterAll, beforeAll } from 'vitest'
import { openScratch } from '../platform.ts'
import { type RunOptions, type RunResult, run } from '../run.ts'

/** Runs on databases that are thrown away after the suite. */
export function scratchForSuite() {
  let scratch: Awaited<ReturnType<typeof openScratch>>
  beforeAll(async () => {
    scratch = await openScratch()
  })
  afterAll(() => scratch.remove())
  return {
    newFile: (name: string) => scratch.newFile(name),
    live: (options: Omit<RunOptions, 'file'>): Promise<RunResult> => run({ ...options, file: scratch.newFile('seed') }),
  }
}
