import {
  type Deliver,
  type Envelope,
  type HandlerName,
  handlerNames,
  handlersOf,
  type Outcome,
  policyOf,
  type Transport,
} from '@ev/messaging'
import type { Chance } from '../chance.ts'
import type { CrashSwitch } from '../crash.ts'

/** One copy of a message in the queue of one handler. */
export type Letter = { readonly handler: HandlerName; readonly envelope: Envelope; attempt: number }

export type SimulatedTransport = Transport & {
  /** What waits, by handler. */
  readonly queues: ReadonlyMap<HandlerName, Letter[]>
  /** Everything that was ever handled; any of it may come again. */
  readonly past: readonly Letter[]
  readonly parkedLetters: readonly { readonly letter: Letter; readonly reason: string }[]
  /** Hands letters of one queue to their handler as one batch. With `isAckLost` those that were handled stay in the queue. */
  deliver(letters: readonly Letter[], options: { isAckLost: boolean }): Promise<readonly Outcome[]>
  /** Brings a letter of the past again. */
  repeat(letter: Letter): void
  /** The next message for one of these handlers is lost for ever, and nobody is told. */
  loseNext(handlers: readonly HandlerName[]): void
  isEmpty(): boolean
  /** Everything that it was given, by handler. */
  readonly accepted: ReadonlyMap<HandlerName, ReadonlyMap<string, Envelope>>
}

/** A broker whose every move somebody else decides. What it holds outlives the platform's process. */
export function simulatedTransport(chance: Chance, crash: CrashSwitch): SimulatedTransport {
  const queues = new Map<HandlerName, Letter[]>(handlerNames.map((handler) => [handler, []]))
  const subscribers = new Map<HandlerName, Deliver<HandlerName>>()
  const accepted = new Map(handlerNames.map((handler) => [handler, new Map<string, Envelope>()]))
  const past: Letter[] = []
  const parkedLetters: { letter: Letter; reason: string }[] = []
  let losing: readonly HandlerName[] = []

  function enqueue(envelope: Envelope): void {
    for (const handler of handlersOf(envelope.name)) {
      accepted.get(handler)!.set(envelope.id, envelope)
      if (losing.includes(handler)) losing = []
      else queues.get(handler)!.push({ handler, envelope, attempt: 1 })
    }
  }

  function settle(letter: Letter, outcome: Outcome, isAckLost: boolean): void {
    if (outcome.kind === 'done') {
      past.push(letter)
      if (!isAckLost) take(letter)
      return
    }
    letter.attempt += 1
    const isLast = letter.attempt > policyOf(letter.handler).retryStepsMs.length + 1
    if (outcome.kind === 'retry' && !isLast) return
    take(letter)
    parkedLetters.push({ letter, reason: outcome.reason })
  }

  function take(letter: Letter): void {
    const queue = queues.get(letter.handler)!
    queue.splice(queue.indexOf(letter), 1)
  }

  const never = async () => {
    throw new Error('Nobody asks the simulated broker for this.')
  }

  return {
    queues,
    accepted,
    past,
    parkedLetters,
    async publish(envelopes) {
      crash.before('the broker')
      return envelopes.map((envelope) => {
        const isLost = chance.isLucky(0.03)
        if (!isLost || chance.isLucky(0.5)) enqueue(envelope)
        return isLost ? { kind: 'failed', cause: 'broker', reason: 'no answer' } : { kind: 'confirmed' }
      })
    },
    async subscribe(handler, deliver) {
      subscribers.set(handler, deliver as Deliver<HandlerName>)
      return { close: async () => {} }
    },
    async deliver(letters, { isAckLost }) {
      // The queue was subscribed with this very name; that its messages fit is what the catalogue says of the outbox.
      const batch = letters.map(({ envelope, attempt }) => ({ envelope: envelope as never, attempt }))
      const outcomes = await subscribers.get(letters[0]!.handler)!(batch)
      // The acknowledgement of a dead process never came: all of it is still in the queue.
      if (crash.isDead()) return outcomes
      for (const [at, letter] of letters.entries()) settle(letter, outcomes[at]!, isAckLost)
      return outcomes
    },
    repeat({ handler, envelope }) {
      queues.get(handler)!.push({ handler, envelope, attempt: 1 })
    },
    loseNext(handlers) {
      losing = handlers
    },
    isEmpty: () => [...queues.values()].every((queue) => queue.length === 0),
    parked: never,
    parkedCount: never,
    redrive: never,
    discard: never,
    check: async () => ({ state: 'up' }),
    close: async () => {},
  }
}
