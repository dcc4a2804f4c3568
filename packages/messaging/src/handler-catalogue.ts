import type { MessageName } from './catalogue.ts'

const seconds = (n: number) => n * 1_000
const minutes = (n: number) => seconds(60 * n)

/** How a handler's queue is worked. All times are milliseconds. */
export type HandlerPolicy = {
  /** The most messages of one subscription that may be unsettled at a time. */
  readonly prefetch: number
  /** Messages are handed over together: up to `max`, or what came within `waitMs` of the first. Null: one by one, up to `prefetch` at once. */
  readonly batch: { readonly max: number; readonly waitMs: number } | null
  /** One subscription of all the processes works the queue, one batch after the other; the others wait to take over. */
  readonly singleActive: boolean
  /** A delivery that takes longer than this counts as failed. Not above RabbitMQ's own acknowledgement limit of 30 minutes. */
  readonly timeoutMs: number
  readonly warnAfterMs: number
  /** How long a failed delivery waits before its next attempt; after the last step it is parked. */
  readonly retryStepsMs: readonly number[]
}

const standard = {
  prefetch: 20,
  batch: null,
  singleActive: false,
  timeoutMs: minutes(30),
  warnAfterMs: minutes(25),
  retryStepsMs: [seconds(1), seconds(5), seconds(30), minutes(5), minutes(30)],
} as const satisfies HandlerPolicy

function handler<const M extends readonly MessageName[], const P extends HandlerPolicy>(messages: M, policy: P) {
  return { messages, policy }
}

/** Every handler: the name of its queue, the messages it takes, and how its queue is worked. */
export const handlerCatalogue = {
  // Credits that come together are one transaction, in which each wallet is written once.
  'payments.credit-referral': handler(['payment.completed', 'booking.confirmed'], {
    ...standard,
    prefetch: 200,
    batch: { max: 100, waitMs: 5 },
  }),
  // Placing and matching have one writer. The prefetch is two batches: one in hand and one waiting.
  'network.place-and-match': handler(
    [
      'member.registered',
      'member.qualified',
      'member.disqualified',
      'pairs.check_requested',
      'month.started',
      'tree.fell_behind',
    ],
    { ...standard, prefetch: 1_000, batch: { max: 500, waitMs: 5 }, singleActive: true },
  ),
  'pairs.credit': handler(['pair.matched'], standard),
  'pairs.reverse': handler(['pair.reversed'], standard),
  'payouts.transfer': handler(['payout.approved'], standard),
  'payouts.autofill-emi': handler(['payout.completed'], standard),
  'notifications.deliver': handler(
    [
      'booking.placed',
      'booking.confirmed',
      'booking.completed',
      'booking.expired',
      'booking.cancelled',
      'payment.completed',
      'payment.failed',
      'payment.refunded',
      'pair.held',
      'pair.credited',
      'pair.reversed',
      'referral.credited',
      'referral.reversed',
      'payout.requested',
      'payout.approved',
      'payout.completed',
      'payout.failed',
      'payout.rejected',
      'payout.cancelled',
      'kyc.submitted',
      'kyc.approved',
      'kyc.rejected',
      'nominee.approved',
      'nominee.rejected',
      'document.verified',
      'instalment.overdue',
    ],
    standard,
  ),
  'notifications.send-email': handler(['notification.created'], standard),
  'notifications.send-sms': handler(['notification.created'], standard),
} as const

export type HandlerName = keyof typeof handlerCatalogue

/** The names of the messages that handler `H` takes. */
export type MessagesOf<H extends HandlerName> = (typeof handlerCatalogue)[H]['messages'][number]

/** Whether handler `H` is given messages in batches. */
export type IsBatched<H extends HandlerName> = (typeof handlerCatalogue)[H]['policy']['batch'] extends null
  ? false
  : true

export const handlerNames = Object.keys(handlerCatalogue) as readonly HandlerName[]

type Unhandled = Exclude<MessageName, MessagesOf<HandlerName>>

// A message that no handler takes stops the compiler here, and the error names it.
const unhandled: [Unhandled] extends [never] ? null : Unhandled = null
void unhandled

/** Whether handler `handler` takes messages of this name. */
export function takes(handler: HandlerName, name: string): boolean {
  const messages: readonly string[] = handlerCatalogue[handler].messages
  return messages.includes(name)
}

/** The handlers that take messages of this name, in the catalogue's order; none for a name that nobody takes. */
export function handlersOf(name: string): readonly HandlerName[] {
  return handlerNames.filter((handler) => takes(handler, name))
}

/** How the queue of `handler` is worked. */
export function policyOf(handler: HandlerName): HandlerPolicy {
  return handlerCatalogue[handler].policy
}
