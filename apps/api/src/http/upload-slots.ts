import { DomainError } from '@ev/domain'

export type UploadLimits = {
  /** Requests with files that are read or worked on at the same time, in all and of one caller. */
  readonly atOnce: number
  readonly perCaller: number
  /** Requests that may wait for their turn, and for how long. */
  readonly waiting: number
  readonly waitMs: number
  /** How long the body of a request with files, and any other body, may take to arrive. */
  readonly uploadTimeoutMs: number
  readonly bodyTimeoutMs: number
}

/** As many uploads in memory as a small machine carries; each holds at most what its route declares. */
export const usualUploadLimits: UploadLimits = {
  atOnce: 8,
  perCaller: 2,
  waiting: 100,
  waitMs: 10_000,
  uploadTimeoutMs: 90_000,
  bodyTimeoutMs: 30_000,
}

/** Hands out turns to upload. Files are held in memory, so their number at one time must have a limit. */
export type UploadSlots = {
  /** Waits for a turn; the answer gives it back, once. Refuses `service.unavailable` when too many wait or the wait is too long. */
  take(caller: string): Promise<() => void>
}

type Waiting = { readonly caller: string; readonly start: () => void }

export function createUploadSlots({ atOnce, perCaller, waiting: mostWaiting, waitMs }: UploadLimits): UploadSlots {
  const running = new Map<string, number>()
  const waiting: Waiting[] = []
  let count = 0

  const runningOf = (caller: string) => running.get(caller) ?? 0
  const isFree = (caller: string) => count < atOnce && runningOf(caller) < perCaller

  function begin(caller: string): () => void {
    count += 1
    running.set(caller, runningOf(caller) + 1)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      count -= 1
      if (runningOf(caller) === 1) running.delete(caller)
      else running.set(caller, runningOf(caller) - 1)
      const next = waiting.findIndex((one) => isFree(one.caller))
      if (next >= 0) waiting.splice(next, 1)[0]?.start()
    }
  }

  return {
    async take(caller) {
      if (isFree(caller)) return begin(caller)
      if (waiting.length >= mostWaiting) throw tooBusy(waitMs)
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiting.splice(waiting.indexOf(turn), 1)
          reject(tooBusy(waitMs))
        }, waitMs)
        const turn: Waiting = {
          caller,
          start() {
            clearTimeout(giveUp)
            resolve(begin(caller))
          },
        }
        waiting.push(turn)
      })
    },
  }
}

const tooBusy = (waitMs: number) =>
  new DomainError('service.unavailable', { retryAfterSeconds: Math.ceil(waitMs / 1_000) })
