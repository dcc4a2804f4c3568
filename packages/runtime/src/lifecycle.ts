import type { Logger } from './logger.ts'

const LIMIT_MS = 30_000

/** The end of a process. What was opened last is closed first: the server stops accepting before its database goes away. */
export type Lifecycle = {
  /** Adds what to close. Register each thing as soon as it is open; closing runs in the reverse order, one at a time. */
  onShutdown(name: string, close: () => unknown): void
  /** Closes everything once, whoever asks how often. Answers whether all of it closed without error and in time. */
  shutdown(reason: string): Promise<boolean>
}

/** `limitMs` bounds the whole shutdown; what has not closed by then is left. A closer that fails does not stop the others. */
export function createLifecycle({ logger, limitMs = LIMIT_MS }: { logger: Logger; limitMs?: number }): Lifecycle {
  const closers: { name: string; close: () => unknown }[] = []
  let ending: Promise<boolean> | null = null

  async function closeAll(): Promise<boolean> {
    let isClean = true
    for (let closer = closers.pop(); closer; closer = closers.pop()) {
      try {
        await closer.close()
      } catch (error) {
        isClean = false
        logger.error({ err: error, closer: closer.name }, 'Closing failed')
      }
    }
    return isClean
  }

  async function closeWithinLimit(reason: string): Promise<boolean> {
    logger.info({ reason }, 'Shutting down')
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => {
        logger.error({ limitMs }, 'Shutting down took too long')
        resolve(false)
      }, limitMs)
    })
    const isClean = await Promise.race([closeAll(), limit])
    clearTimeout(timer)
    return isClean
  }

  return {
    onShutdown: (name, close) => closers.push({ name, close }),
    shutdown(reason) {
      ending ??= closeWithinLimit(reason)
      return ending
    },
  }
}

/** What of a process the signals need; `process` itself outside tests. */
export type SignalSource = {
  on(event: string, listener: (detail: unknown) => void): unknown
  exit(code: number): void
}

/**
 * SIGTERM and SIGINT shut down and leave with 0 (1 when something did not close); a second signal leaves at once. An error that nobody caught
 * means an unknown state: it is logged, and the process shuts down and leaves with 1.
 */
export function shutdownOnSignals(deps: { lifecycle: Lifecycle; logger: Logger; source: SignalSource }): void {
  const { lifecycle, logger, source } = deps
  let signals = 0
  const end = async (reason: string, code: number) => {
    const isClean = await lifecycle.shutdown(reason)
    source.exit(isClean ? code : 1)
  }
  for (const signal of ['SIGTERM', 'SIGINT']) {
    source.on(signal, () => {
      signals += 1
      if (signals > 1) source.exit(1)
      else void end(signal, 0)
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    source.on(event, (error) => {
      logger.fatal({ err: error }, `Ending because of an error that nobody caught (${event})`)
      void end(event, 1)
    })
  }
}
