import { paymentOrders, payouts, type Tx } from '@ev/db'
import { formatRupees } from '@ev/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import type { BankEvent } from './bank.ts'
import { payoutIdOf, settleTransfer } from './transfer-payout.ts'

/** What became of an event; only `settled` changed the payout. */
export type BankEventOutcome = 'settled' | 'repeated' | 'unknown' | 'differs' | 'noted' | 'reversed_after_completion'

/**
 * Takes what a bank tells of a transfer, once for each event. A payout that is being processed is settled by it; one that is settled stays as it is,
 * in whatever order the events come. Money that comes back after a payout was completed moves nothing by itself: it stands in the audit log and in the log
 * as an error, and an admin deposits it into the member's wallet.
 */
export async function takeBankEvent(
  deps: Pick<Deps, 'db' | 'clock' | 'ids' | 'log'>,
  { provider, event }: { provider: string; event: BankEvent },
): Promise<BankEventOutcome> {
  const outcome = await deps.db.transaction(async (tx): Promise<BankEventOutcome> => {
    const entry = { provider, eventId: event.id, eventType: event.type, now: deps.clock.now() }
    if (!(await paymentOrders.insertEvent(tx, entry))) return 'repeated'
    return act(tx, deps, event)
  })
  const isStrange = outcome === 'unknown' || outcome === 'differs' || outcome === 'reversed_after_completion'
  const { id, type, reference, transferId } = event
  deps.log[isStrange ? 'error' : 'info']({ event: id, type, reference, transferId, outcome }, 'Event of the bank')
  return outcome
}

async function act(tx: Tx, deps: Pick<Deps, 'clock' | 'ids'>, event: BankEvent): Promise<BankEventOutcome> {
  const payoutId = payoutIdOf(event.reference)
  const row = payoutId === null ? null : await payouts.lockIfAny(tx, payoutId)
  if (row === null || row.batchId !== null) return 'unknown'
  const isOther = row.bankTransferId !== null && row.bankTransferId !== event.transferId
  if (row.transferAmount !== event.amount || isOther) return 'differs'
  if (row.status === 'processing') {
    await settleTransfer(tx, deps, { payoutId: row.id, result: event.result })
    return event.result.state === 'underway' ? 'noted' : 'settled'
  }
  if (!event.isReversal || row.status !== 'completed') return 'noted'
  await recordAudit(tx, deps, {
    actorId: null,
    action: 'payout.reversed_after_completion',
    subject: { type: 'payout', id: row.id },
    details: { transfer: event.transferId, amount: formatRupees(event.amount) },
  })
  return 'reversed_after_completion'
}
