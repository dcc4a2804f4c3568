import type { Envelope, EnvelopeOf } from './envelope.ts'
import type { HandlerName } from './handler-catalogue.ts'
import type { Outcome } from './outcome.ts'

/** The port between the platform and a broker. There is one side over RabbitMQ and one over a database table; both keep the same promises. */
export type Transport = {
  /**
   * Publishes and waits until the broker has them safe; one outcome for each envelope, in their order. Never throws for
   * trouble with the broker. A message that reaches no queue has failed. A failed one may have arrived all the same.
   */
  publish(envelopes: readonly Envelope[]): Promise<readonly PublishOutcome[]>
  /**
   * Works the queue of `handler` until closed, through any loss of the broker. Invalid messages are parked and never
   * reach `deliver`. A `deliver` that throws, or is silent past the time limit, has failed with a fault: retry.
   */
  subscribe<H extends HandlerName>(handler: H, deliver: Deliver<H>): Promise<Subscription>
  /** What is parked for a handler, at most `limit`. Throws when the broker is away. */
  parked(handler: HandlerName, options: { readonly limit: number }): Promise<readonly ParkedMessage[]>
  /** How many are parked for each handler. Throws when the broker is away. */
  parkedCount(): Promise<Readonly<Record<HandlerName, number>>>
  /** Gives parked messages back to their handler as a first attempt; answers how many. Throws when the broker is away; what was moved stays moved. */
  redrive(handler: HandlerName, ids: readonly string[] | 'all'): Promise<number>
  /** Takes parked messages away for good, unhandled; answers how many. Throws when the broker is away. */
  discard(handler: HandlerName, ids: readonly string[]): Promise<number>
  check(): Promise<TransportHealth>
  /** Stops taking, gives what is in hand `graceMs` to finish, and closes. What did not finish comes back to the next consumer. */
  close(options: { readonly graceMs: number }): Promise<void>
}

/** A failure is the broker's (later it may work), or this message's own (no queue takes it). */
export type PublishOutcome =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'failed'; readonly cause: 'broker' | 'message'; readonly reason: string }

/** One message in hand. `attempt` is 1 for the first. */
export type Delivered<H extends HandlerName> = { readonly envelope: EnvelopeOf<H>; readonly attempt: number }

/** Handles a batch (a single one, unless the handler's policy has a batch) and answers one outcome for each, in their order. */
export type Deliver<H extends HandlerName> = (batch: readonly Delivered<H>[]) => Promise<readonly Outcome[]>

/** Closing stops taking and waits at most `graceMs` for what is in hand. */
export type Subscription = { close(options: { readonly graceMs: number }): Promise<void> }

export type ParkedMessage = {
  /** Names it to `redrive` and `discard`; opaque. */
  readonly id: string
  readonly handler: HandlerName
  /** Null when what was parked is no valid message for this handler. */
  readonly envelope: Envelope | null
  /** The text as it came. */
  readonly raw: string
  readonly reason: string
  /** The attempt that ended here. */
  readonly attempt: number
}

export type TransportHealth = { readonly state: 'up' | 'down'; readonly detail?: string }

/** What the transports need of the world. Text for people, never payloads. */
export type Log = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export type Clock = { now(): Date }
