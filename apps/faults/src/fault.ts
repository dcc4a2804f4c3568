import { defaultPlan } from '@ev/domain'
import type { Stack } from '@ev/e2e'
import { type Load, startLoad } from './load/load.ts'
import { atRest } from './outcome/at-rest.ts'
import { compare } from './outcome/compare.ts'
import { readFound } from './outcome/found.ts'
import { prepareProbe } from './outcome/recovery.ts'

export type FaultOptions = {
  /** How long a fault that lasts is kept up. */
  readonly seconds: number
  readonly progress: (what: string) => void
}

/** Whether the harm really happened, and what shows it. */
export type Evidence = { readonly isExercised: boolean; readonly text: string }

/** What became of one fault. */
export type Outcome = {
  readonly acknowledged: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  /** From the end of the fault until a fresh payment and its credit went through; null where nothing was running. */
  readonly recoveryMs: number | null
  readonly evidence: Evidence
  /** What the verifiers found, or null when they found nothing. */
  readonly differences: string | null
}

export type Fault = {
  /** As in the list of faults. */
  readonly letter: string
  readonly title: string
  /** What it ran on. */
  readonly on: string
  run(options: FaultOptions): Promise<Outcome>
}

type UnderLoad<S extends Stack> = {
  readonly letter: string
  readonly title: string
  readonly on: string
  open(): Promise<S>
  /** Where the clients send their requests, when not to the processes themselves. */
  readonly urlsOf?: (stack: S) => readonly string[]
  /** Does the harm and ends it. The platform's own recovery is not waited for. */
  harm(stack: S, load: Load, options: FaultOptions): Promise<Evidence>
  /** Waits for what is not told by the messages' own records, when the clients have stopped. */
  readonly settle?: (stack: S) => Promise<void>
  /** What is undone when everything was looked at. */
  readonly close?: (stack: S) => Promise<void>
}

const warmUp = 60
const comeToRestMs = 420_000

/**
 * A fault that strikes while clients work: they begin, the harm is done, they go on; then a fresh payment and its credit are timed, the
 * clients stop, everything comes to rest, and their books are compared with the database.
 */
export function underLoad<S extends Stack>(fault: UnderLoad<S>): Fault {
  const { letter, title, on, open, urlsOf = ({ urls }) => urls, harm, settle, close } = fault
  return {
    letter,
    title,
    on,
    async run(options) {
      const { progress } = options
      progress('starting the platform')
      const stack = await open()
      let load: Load | null = null
      try {
        load = await startLoad({ urls: urlsOf(stack), env: stack.env, seed: letter.codePointAt(0)! })
        const probe = await prepareProbe(load)
        await load.more(warmUp)
        progress('doing the harm')
        const evidence = await harm(stack, load, options)
        progress('waiting for a fresh credit')
        const recoveryMs = await probe.timeToCredit()
        await load.more(warmUp / 2)
        await load.stop()
        progress('coming to rest')
        await settle?.(stack)
        return { ...(await lookAt(stack, load)), recoveryMs, evidence }
      } finally {
        progress('stopping the platform')
        // Where the harm broke, clients still work; what they wait for is of no interest any more.
        load?.stop().catch(() => {})
        await stack.stop()
        await close?.(stack)
      }
    },
  }
}

/** Compares the books with the database when everything has come to rest, and asks the verifiers. */
export async function lookAt(stack: Stack, load: Load): Promise<Omit<Outcome, 'recoveryMs' | 'evidence'>> {
  const unrest = await atRest(stack.db.read, { timeoutMs: comeToRestMs })
  const { lost, doubled } = compare(load.receipts, await readFound(stack.db.read), defaultPlan)
  const { ledger, tree, isClean } = await stack.verify()
  return {
    acknowledged: load.acknowledged(),
    lost: unrest === null ? lost : [...lost, unrest],
    doubled,
    differences: isClean ? null : `${ledger}\n${tree}`,
  }
}

/** Says whether something was seen, in a way that reads well in the table. */
export const shown = (isExercised: boolean, text: string): Evidence => ({ isExercised, text })
