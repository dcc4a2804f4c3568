import { AsyncLocalStorage } from 'node:async_hooks'
import type { Engine } from './engine.ts'
import type { Log } from './log.ts'
import { transientReason } from './transient-errors.ts'
import { registerTx, type Tx, type TxContext } from './tx.ts'

export type TransactionOptions = {
  /** How long one attempt may take before it is rolled back. */
  timeoutMs?: number
  /** How often the work is tried in all when it loses a deadlock or finds the database busy. */
  attempts?: number
}

export type RunTransaction = <T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions) => Promise<T>

const defaultTimeoutMs = 60_000
const defaultAttempts = 8
const firstPauseMs = 10
const longestPauseMs = 500

type Running = { open: boolean }

const running = new AsyncLocalStorage<Running | undefined>()

/**
 * Makes `database.transaction`: commits what `work` did, or nothing of it, and gives its value back. The whole work runs
 * again, after a growing pause with jitter, when the database chose it as the victim of a deadlock, let it wait too long for
 * a row, or was locked by another process; any other failure is the caller's at once. `work` therefore does nothing but
 * talk to the database through its `tx`. A transaction inside a transaction is a fault.
 */
export function createTransactionRunner(options: {
  engine: Engine
  log: Log
  random: () => number
  sleep: (ms: number) => Promise<void>
  onMessagesCommitted: () => void
}): RunTransaction {
  const { engine, log } = options

  async function runOnce<T>(work: (tx: Tx) => Promise<T>, timeoutMs: number): Promise<T> {
    let last: TxContext | undefined
    const value = await engine.begin(
      async (client, direct) => {
        const context: TxContext = {
          provider: engine.provider,
          direct,
          addedMessages: false,
          beforeCommit: [],
          afterCommit: [],
        }
        last = context
        const state: Running = { open: true }
        try {
          return await running.run(state, async () => {
            const done = await work(registerTx(client, context))
            for (const action of context.beforeCommit) await action()
            return done
          })
        } finally {
          state.open = false
        }
      },
      { timeoutMs },
    )
    if (last !== undefined) runAfterCommit(last)
    return value
  }

  function runAfterCommit(context: TxContext): void {
    const actions = context.addedMessages ? [...context.afterCommit, options.onMessagesCommitted] : context.afterCommit
    for (const action of actions) {
      try {
        action()
      } catch (error) {
        log.error({ err: error }, 'an action after a commit failed')
      }
    }
  }

  return async (work, { timeoutMs = defaultTimeoutMs, attempts = defaultAttempts } = {}) => {
    if (running.getStore()?.open)
      throw new Error('A transaction was begun inside a transaction: pass the tx on instead.')
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runOnce(work, timeoutMs)
      } catch (error) {
        const reason = transientReason(error)
        if (reason === null || attempt >= attempts) throw error
        log.info({ reason, attempt }, 'a transaction is run again')
        await options.sleep(pauseMs(attempt, options.random()))
      }
    }
  }
}

// Half of the pause is fixed and half is chance, so that two transactions that met do not meet again.
function pauseMs(attempt: number, chance: number): number {
  const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1))
  return ceiling / 2 + (ceiling / 2) * chance
}

/** Runs `action` as if no transaction were open around it. Only for work that uses connections of its own. */
export function outsideTransaction<T>(action: () => Promise<T>): Promise<T> {
  return running.run(undefined, action)
}
