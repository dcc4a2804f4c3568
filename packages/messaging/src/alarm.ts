/** Lets one loop sleep until somebody rings or time is up. Rings during the work are remembered as one. */
export type Alarm = {
  ring(): void
  wait(timeoutMs: number): Promise<void>
  /** Forgets that anybody rang. */
  silence(): void
}

export function createAlarm(): Alarm {
  let rung = false
  let wakeUp: (() => void) | null = null

  return {
    silence() {
      rung = false
    },
    ring() {
      rung = true
      wakeUp?.()
    },
    async wait(timeoutMs) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs)
          wakeUp = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      rung = false
      wakeUp = null
    },
  }
}
