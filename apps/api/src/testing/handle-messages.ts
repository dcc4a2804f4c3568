import {
  autofillEmi,
  createNetworkWriter,
  creditPair,
  creditReferralsNamed,
  type Deps,
  deliverNotification,
  orderTransfer,
  reversePair,
  sendNotification,
  settleTransfer,
} from '@ev/application'
import { type Envelope, handlersOf, parseEnvelope } from '@ev/messaging'

/**
 * Does in the test's own process, one after the other, what a worker does about the messages of the outbox. Answers a function that resolves
 * when there is none left.
 */
export function messageHandler(deps: Deps): () => Promise<void> {
  const { db } = deps
  const writer = createNetworkWriter(deps)

  async function act(message: Envelope): Promise<void> {
    switch (message.name) {
      case 'member.registered':
      case 'member.qualified':
      case 'member.disqualified':
      case 'pairs.check_requested':
      case 'month.started':
      case 'tree.fell_behind':
        return writer.handle([message])
      case 'notification.created':
        for (const channel of ['email', 'sms'] as const) await sendNotification(deps, { channel, message })
        return
      case 'payment.completed':
      case 'booking.confirmed':
        return db.transaction((tx) => creditReferralsNamed(tx, deps, [message.payload]))
      case 'pair.matched':
        return db.transaction((tx) => creditPair(tx, deps, message.payload))
      case 'pair.reversed':
        return db.transaction((tx) => reversePair(tx, deps, message.payload))
      case 'payout.completed':
        return db.transaction((tx) => autofillEmi(tx, deps, message.payload))
      case 'payout.approved': {
        const { payoutId } = message.payload
        const result = await orderTransfer(deps, { payoutId })
        return db.transaction((tx) => settleTransfer(tx, deps, { payoutId, result }))
      }
    }
  }

  async function handleAll(): Promise<void> {
    for (;;) {
      const row = await db.read.outboxMessage.findFirst({ where: { publishedAt: null }, orderBy: { id: 'asc' } })
      if (!row) return
      const { name, payload, requestId, traceparent } = row
      const occurredAt = row.createdAt.toISOString()
      const message = parseEnvelope({ id: row.messageId, name, payload, occurredAt, requestId, traceparent })
      await act(message)
      if (handlersOf(name).includes('notifications.deliver'))
        await db.transaction((tx) => deliverNotification(tx, deps, message as never))
      await db.transaction((tx) =>
        tx.outboxMessage.update({ where: { id: row.id }, data: { publishedAt: deps.clock.now() } }),
      )
    }
  }

  let last: Promise<void> = Promise.resolve()
  return () => {
    last = last.then(handleAll, handleAll)
    return last
  }
}
