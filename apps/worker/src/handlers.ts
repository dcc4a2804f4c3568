import {
  autofillEmi,
  creditPair,
  creditReferralsNamed,
  type Deps,
  deliverNotification,
  handledOnce,
  handledOnceTogether,
  type NetworkWriter,
  orderTransfer,
  reversePair,
  sendNotification,
  settleTransfer,
} from '@ev/application'
import type { Handlers } from '@ev/messaging'

/** What handlers are given. The writer of the tree is one for the process, because it keeps its index. */
export type WorkerDeps = Deps & { readonly networkWriter: NetworkWriter }

/** What is done about each message. Every handler remembers its messages in the transaction of its work, so that twice is once. */
export const handlers: Handlers<WorkerDeps> = {
  'payments.credit-referral': (deps, messages) =>
    handledOnceTogether(deps, { handler: 'payments.credit-referral', messages }, (tx, fresh) =>
      creditReferralsNamed(
        tx,
        deps,
        fresh.map(({ payload }) => payload),
      ),
    ),
  'network.place-and-match': ({ networkWriter }, messages) => networkWriter.handle(messages),
  'pairs.credit': (deps, message) =>
    handledOnce(deps, { handler: 'pairs.credit', message }, (tx) => creditPair(tx, deps, message.payload)),
  'pairs.reverse': (deps, message) =>
    handledOnce(deps, { handler: 'pairs.reverse', message }, (tx) => reversePair(tx, deps, message.payload)),
  // The bank is asked before the transaction that writes its answer down: asking again is harmless, waiting for it in a transaction is not.
  'payouts.transfer': async (deps, message) => {
    const { payoutId } = message.payload
    const result = await orderTransfer(deps, { payoutId })
    await handledOnce(deps, { handler: 'payouts.transfer', message }, (tx) =>
      settleTransfer(tx, deps, { payoutId, result }),
    )
  },
  'payouts.autofill-emi': (deps, message) =>
    handledOnce(deps, { handler: 'payouts.autofill-emi', message }, (tx) => autofillEmi(tx, deps, message.payload)),
  'notifications.deliver': (deps, message) =>
    handledOnce(deps, { handler: 'notifications.deliver', message }, (tx) => deliverNotification(tx, deps, message)),
  'notifications.send-email': (deps, message) => sendNotification(deps, { channel: 'email', message }),
  'notifications.send-sms': (deps, message) => sendNotification(deps, { channel: 'sms', message }),
}
