import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Environment } from '@ev/e2e'
import { type Clock, systemClock } from '@ev/runtime'

/** The clock of processes that were started with `env`. */
export type JumpingClock = Clock & {
  readonly env: Environment
  /** Sets it, and waits until the processes have noticed. It goes on from there. */
  jumpTo(instant: Date): Promise<void>
}

/** The processes look every 50 ms. */
const noticedWithinMs = 400

export function jumpingClock(folder: string): JumpingClock {
  const file = join(folder, 'clock-offset')
  let offsetMs = 0
  const set = (ms: number) => {
    offsetMs = ms
    writeFileSync(file, String(ms))
  }
  set(0)
  const preload = fileURLToPath(new URL('./jumping-clock.mjs', import.meta.url))
  return {
    env: { NODE_OPTIONS: `--import ${preload}`, CLOCK_OFFSET_FILE: file },
    now: () => new Date(systemClock.now().getTime() + offsetMs),
    async jumpTo(instant) {
      set(instant.getTime() - systemClock.now().getTime())
      await pause(noticedWithinMs)
    },
  }
}
