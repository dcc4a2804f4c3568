import { cpuMs } from './cpu-time.ts'
import type { Ask, Callers } from './load.ts'
import type { LoggedIn } from './log-in.ts'
import type { Stack, StackKind } from './stack.ts'

export type Sizes = {
  readonly members: number
  /** How often each page is read, and how many bookings are made and paid. */
  readonly reads: number
  readonly writes: number
  /** The platform and what it is held against take turns, so that what else the machine does meets both alike. */
  readonly rounds: number
}

/** So many callers at once, however many processes there are. */
export const callerCount = 20

/** Api processes that can be asked now. */
export type Measuring = {
  readonly stack: Stack
  readonly callers: Callers
  readonly pids: readonly number[]
  readonly loggedIn: ReadonlyMap<string, LoggedIn>
  readonly sizes: Sizes
  readonly progress: (what: string) => void
}

export type Load = { readonly operations: number; readonly seconds: number; readonly cpuMs: number }

export const nothing: Load = { operations: 0, seconds: 0, cpuMs: 0 }

/** Sends requests and counts the processor time of the processes that answer them. */
export async function loaded(
  { callers, pids }: Pick<Measuring, 'callers' | 'pids'>,
  asks: (index: number) => Ask,
  { count, answered }: { count: number; answered?: (body: string) => void },
): Promise<Load> {
  const before = cpuMs(pids)
  const { seconds } = await callers.send(asks, count, answered)
  return { operations: count, seconds, cpuMs: cpuMs(pids) - before }
}

export function together(a: Load, b: Load): Load {
  return { operations: a.operations + b.operations, seconds: a.seconds + b.seconds, cpuMs: a.cpuMs + b.cpuMs }
}

export const perSecond = ({ operations, seconds }: Load) => operations / seconds
export const cpuMsPerOp = (load: Load) => load.cpuMs / load.operations

/** The aims speak of reads on the embedded stack and of writes on the services, with one process each; other figures say where they are from. */
export function nameOn({ stack, pids }: Pick<Measuring, 'stack' | 'pids'>, name: string, home: StackKind): string {
  const processes = pids.length === 1 ? '' : `, ${pids.length} processes`
  return stack.kind === home && pids.length === 1 ? name : `${name} (${stack.kind}${processes})`
}
