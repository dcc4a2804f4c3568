import { payoutFigures, type StoredEntry, withEntries } from '@ev/db'
import {
  completePayout,
  holdJournal,
  type Journal,
  type PayoutStatus,
  payoutKey,
  payoutTransactions,
  releasePayout,
  sumPaise,
} from '@ev/domain'
import { toPayout } from '../payouts/payout-row.ts'
import { compareEntries, reportOrphans } from './compare-entries.ts'
import type { Verification } from './verification.ts'
import { payoutTax } from './verify-payout-tax.ts'

type PayoutRow = Awaited<ReturnType<ReturnType<typeof payoutFigures.readPayouts>>>[number]

/** Every payout: its amounts, hold, parts and dates follow from its state, its entries from its amounts, and its tax from its plan. */
export async function verifyPayouts(verification: Verification): Promise<void> {
  const { reader, found, count } = verification
  const tax = payoutTax(verification)
  for await (const { rows, entries } of withEntries(reader, 'payout', payoutFigures.readPayouts(reader))) {
    count('payouts', rows.length)
    reportOrphans(found, { kind: 'payout', rows, entries })
    for (const row of rows) {
      const own = entries.get(row.id) ?? []
      verifyPayout(verification, { row, entries: own })
      tax.add({ row, heldBy: entryId(own, payoutKey(row.id, 'hold')), closedBy: closingEntry(own, row.id) })
    }
  }
  tax.verify()
  await verifyBatches(verification)
}

function verifyPayout(
  { found, before }: Verification,
  { row, entries }: { row: PayoutRow; entries: StoredEntry[] },
): void {
  const subject = `payout ${row.id}`
  const { requestedAmount, tdsAmount, netAmount, emiAmount, transferAmount, hold } = row
  const isTakenOver = row.id <= before.lastPayoutId
  // One that was final when it was taken over was never held or posted here.
  if (isTakenOver && holdStates[row.status] !== 'active' && !hold && entries.length === 0) return
  compareEntries(found, { kind: 'payout', subject, expected: () => payoutJournals(row), actual: entries })
  found.expectEqual('payout.amounts', subject, {
    expected: `${requestedAmount} = ${netAmount} + ${tdsAmount}`,
    actual: `${transferAmount + emiAmount + tdsAmount} = ${transferAmount + emiAmount} + ${tdsAmount}`,
  })
  found.expectEqual('payout.emi', subject, {
    expected: row.emiAutoFilled ? emiAmount : 0n,
    actual: emiAmount,
  })
  found.expectEqual('payout.hold', subject, {
    expected: `${requestedAmount} of member ${row.userId} ${holdStates[row.status]}`,
    actual: hold ? `${hold.amount} of member ${hold.userId} ${hold.status}` : 'none',
  })
  found.expectEqual('payout.parts', subject, {
    expected: partsText(expectedParts(row)),
    actual: partsText(row.transactions),
  })
  if (!isTakenOver) found.expectEqual('payout.dates', subject, { expected: expectedDates(row), actual: datesOf(row) })
}

const holdStates: Readonly<Record<PayoutStatus, 'active' | 'captured' | 'released'>> = {
  pending: 'active',
  processing: 'active',
  completed: 'captured',
  rejected: 'released',
  cancelled: 'released',
  failed: 'released',
}

/** What is posted of a payout: its hold, and how it ended. */
function payoutJournals(row: PayoutRow): Journal[] {
  const payout = toPayout(row)
  const held = holdJournal({ id: row.id, userId: row.userId, requested: row.requestedAmount })
  switch (row.status) {
    case 'pending':
    case 'processing':
      return [held]
    case 'completed':
      return [held, completePayout({ ...payout, status: 'processing' }, 'the bank', row.updatedAt).journal]
    case 'rejected':
    case 'cancelled':
      return [held, releasePayout({ ...payout, status: 'pending' }, { to: row.status, reason: null }).journal]
    case 'failed':
      return [held, releasePayout({ ...payout, status: 'processing' }, { to: row.status, reason: null }).journal]
  }
}

function expectedParts(row: PayoutRow) {
  if (row.status !== 'completed') return []
  return payoutTransactions(toPayout(row)).map(({ type, amount }) => ({ transactionType: type, amount }))
}

const partsText = (parts: readonly { transactionType: string; amount: bigint }[]) =>
  parts
    .map(({ transactionType, amount }) => `${transactionType} ${amount}`)
    .sort()
    .join(', ')

/** A payout that was started says when, one that was paid says when and by which transfer. */
function expectedDates(row: PayoutRow): string {
  const isCompleted = row.status === 'completed'
  const wasStarted = isCompleted || row.status === 'processing' || row.status === 'failed'
  return datesText({ wasStarted, isCompleted, hasReference: isCompleted && row.transferAmount > 0n })
}

const datesOf = (row: PayoutRow): string =>
  datesText({
    wasStarted: row.processedAt !== null,
    isCompleted: row.completedAt !== null,
    hasReference: row.bankReference !== null,
  })

function datesText(facts: { wasStarted: boolean; isCompleted: boolean; hasReference: boolean }): string {
  const { wasStarted, isCompleted, hasReference } = facts
  return [wasStarted && 'started', isCompleted && 'completed', hasReference && 'with a bank reference']
    .filter((part) => part !== false)
    .join(', ')
}

const entryId = (entries: readonly StoredEntry[], key: string) => entries.find((entry) => entry.key === key)?.id ?? null

const closingEntry = (entries: readonly StoredEntry[], id: number) =>
  entryId(entries, payoutKey(id, 'debit')) ?? entryId(entries, payoutKey(id, 'release'))

async function verifyBatches({ reader, found, count }: Verification): Promise<void> {
  for await (const page of payoutFigures.batchPages(reader)) {
    count('payout batches', page.length)
    for (const { id, payoutCount, totalAmount, payouts } of page) {
      const subject = `payout batch ${id}`
      found.expectEqual('batch.payouts', subject, { expected: payouts.length, actual: payoutCount })
      found.expectEqual('batch.total', subject, {
        expected: sumPaise(payouts.map(({ transferAmount }) => transferAmount)),
        actual: totalAmount,
      })
    }
  }
}
